import type { MailEvent } from "@/lib/outbox";

/** The events of document transfers, and of record requests. */
export type DocumentEvent = Extract<MailEvent, `documents-${string}`>;
export type RequestEvent = Extract<MailEvent, `request-${string}`>;
/** The events of rosters that were picked up from the folder. */
export type RosterEvent = Extract<MailEvent, `roster-${string}`>;

export const isDocumentEvent = (event: MailEvent): event is DocumentEvent => event.startsWith("documents-");
export const isRequestEvent = (event: MailEvent): event is RequestEvent => event.startsWith("request-");
export const isRosterEvent = (event: MailEvent): event is RosterEvent => event.startsWith("roster-");
