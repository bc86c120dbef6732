import type { MailEvent } from "@/lib/outbox";

/** The events of document transfers, and of record requests. */
export type DocumentEvent = Extract<MailEvent, `documents-${string}`>;
export type RequestEvent = Extract<MailEvent, `request-${string}`>;
/** The events of rosters that were picked up from the folder. */
export type RosterEvent = Extract<MailEvent, `roster-${string}`>;
/** The events of proposals for destruction. */
export type PurgeEvent = Extract<MailEvent, `purge-${string}`>;

export const isDocumentEvent = (event: MailEvent): event is DocumentEvent => event.startsWith("documents-");
export const isRequestEvent = (event: MailEvent): event is RequestEvent => event.startsWith("request-");
export const isRosterEvent = (event: MailEvent): event is RosterEvent => event.startsWith("roster-");
export const isPurgeEvent = (event: MailEvent): event is PurgeEvent => event.startsWith("purge-");
