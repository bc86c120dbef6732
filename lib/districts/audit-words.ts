/** What an entry is about in a few words: the filter "What" of the audit log, and the order in which it offers them. */
export const auditGroups = {
  signIn: "Signed in and out",
  read: "Looked at records",
  take: "Downloaded, printed, exported",
  change: "Changed records",
  remove: "Deleted, purged, restored",
  send: "Sent to other districts",
  receive: "Received from other districts",
  request: "Record requests",
  people: "Users and permissions",
  settings: "Settings and roster",
} as const;
export type AuditGroup = keyof typeof auditGroups;

type Words = readonly [group: AuditGroup, words: string];

/**
 * Every action that is written down, with its words: they follow the person's name, and `{}` stands for what it was done to. An action
 * that isn't here fails tests/unit/audit-words.test.ts.
 */
export const auditWords: Readonly<Record<string, Words>> = {
  "user.sign-in": ["signIn", "signed in"],
  "user.sign-out": ["signIn", "ended their other sessions"],
  "user.password": ["signIn", "set a new password"],
  "user.join": ["signIn", "followed the invitation and joined"],
  "password.reset": ["signIn", "set a new password by the link of a mail"],
  "sign-in.factor": ["signIn", "confirmed who they are"],
  "factor.enrol": ["signIn", "set up a second factor"],
  "factor.remove": ["signIn", "turned their second factor off"],
  "factor.recovery-codes": ["signIn", "made new recovery codes"],

  "case.read": ["read", "opened {}"],
  "attachment.preview": ["read", "looked at {}"],
  "transfer.read": ["read", "opened {}"],
  "package.read": ["read", "looked into the package of {}"],
  "code.show": ["read", "had the authorization code of {} shown"],
  "disclosure.read": ["read", "opened the disclosure record of {}"],
  "student.read": ["read", "opened {}"],
  "document.read": ["read", "opened {}"],
  "transfer.identity": ["read", "had the identity shown that came with {}"],
  "request.read": ["read", "opened {}"],

  "case.print": ["take", "printed {}"],
  "attachment.download": ["take", "downloaded {}"],
  "document.download": ["take", "downloaded {}"],
  "disclosure.print": ["take", "printed the disclosure record of {}"],
  "disclosure.export": ["take", "exported the disclosure record of {}"],
  "audit.export": ["take", "exported the audit log"],

  "case.create": ["change", "created {}"],
  "case.edit": ["change", "edited {}"],
  "case.change-person": ["change", "changed the person of concern of {}"],
  "case.correct-person": ["change", "corrected the person of concern of {}"],
  "note.add": ["change", "added a note to {}"],
  "strategy.add": ["change", "added a strategy to {}"],
  "strategy.edit": ["change", "edited a strategy of {}"],
  "strategy.end": ["change", "ended a strategy of {}"],
  "task.add": ["change", "added a task to {}"],
  "task.edit": ["change", "edited a task of {}"],
  "task.done": ["change", "ticked a task of {}"],
  "task.reopen": ["change", "reopened a task of {}"],
  "attachment.add": ["change", "added {}"],
  "case.refuse-file": ["change", "tried to add a file with a virus to {}"],
  "student.refuse-file": ["change", "tried to upload a file with a virus for {}"],
  "attachment.infected": ["change", "found a virus in {}"],
  "document.infected": ["change", "found a virus in {}"],
  "student.add": ["change", "added {} by hand"],
  "student.edit": ["change", "corrected {}"],
  "document.add": ["change", "uploaded {}"],
  "document.edit": ["change", "edited {}"],
  "document.move": ["change", "moved {} from another student"],

  "attachment.remove": ["remove", "removed {}"],
  "document.delete": ["remove", "deleted {}"],
  "document.restore": ["remove", "restored {}"],
  "document.purge": ["remove", "purged {}"],
  "case.purge": ["remove", "purged {}"],
  "purge.propose": ["remove", "proposed records for destruction"],
  "purge.confirm": ["remove", "confirmed a proposal and destroyed its records"],
  "purge.withdraw": ["remove", "withdrew a proposal for destruction"],
  "hold.place": ["remove", "placed a legal hold on {}"],
  "hold.lift": ["remove", "lifted a legal hold on {}"],
  "transfer.purge": ["remove", "purged the documents of {}"],

  "case.send": ["send", "put {} into a transfer"],
  "document.send": ["send", "put {} into a transfer"],
  "transfer.send": ["send", "sent {}"],
  "transfer.seal": ["send", "sealed the package of {}"],
  "transfer.fail": ["send", "gave up {}: it couldn’t be packed"],
  "transfer.cancel": ["send", "cancelled {}"],
  "transfer.expire": ["send", "ended {}: its time was over"],
  "code.issue": ["send", "issued a new code for {}"],
  "transfer.recall": ["send", "recalled {}"],
  "transfer.redo": ["send", "sent the documents of {} again"],
  "transfer.withdraw": ["send", "withdrew {}"],
  "transfer.notice": ["send", "recorded the parent notice of {}"],

  "transfer.unlock": ["receive", "unlocked {} with the right code"],
  "code.wrong": ["receive", "gave a wrong code for {}"],
  "code.lock": ["receive", "gave the fifth wrong code for {}, which locked it"],
  "transfer.reject": ["receive", "rejected {}"],
  "transfer.save": ["receive", "entered the details of {} and saved"],
  "intake.link-differing": ["receive", "linked a case of {} to a student whose name or birth date differs"],
  "intake.decide": ["receive", "entered case details of {}"],
  "intake.apply-to-all": ["receive", "applied details to all cases of {}"],
  "case.receive": ["receive", "received {}"],
  "transfer.deliver": ["receive", "delivered {}"],
  "transfer.hold": ["receive", "held {}: no student was sure"],
  "transfer.link": ["receive", "linked {} to a student"],
  "transfer.link-differing": ["receive", "linked {} to a student whose name or birth date differs"],
  "transfer.return": ["receive", "returned {}"],
  "transfer.report": ["receive", "reported {} as another student’s"],
  "transfer.release": ["receive", "released the recalled documents of {}"],
  "document.receive": ["receive", "got {} from another district"],
  "document.release": ["receive", "released {}"],
  "identity.check": ["receive", "compared the students of {}"],

  "request.send": ["request", "asked another district with {}"],
  "request.answer": ["request", "answered {} with a transfer"],
  "request.decline": ["request", "declined {}"],
  "request.withdraw": ["request", "withdrew {}"],

  "user.invite": ["people", "invited {}"],
  "user.invite-again": ["people", "invited {} again"],
  "user.password-link": ["people", "sent {} a link to set a new password"],
  "user.permissions": ["people", "changed what {} may do"],
  "user.disable": ["people", "disabled {}"],
  "user.enable": ["people", "enabled {}"],
  "factor.reset": ["people", "reset the second factor of {}"],

  "district.switch-on": ["settings", "switched case transfers on"],
  "district.switch-off": ["settings", "switched case transfers off"],
  "district.settings": ["settings", "changed the district’s settings"],
  "district.coordinator": ["settings", "changed the transfer coordinator"],
  "district.documents-on": ["settings", "switched document transfers on"],
  "district.documents-off": ["settings", "switched document transfers off"],
  "district.second-factor": ["settings", "changed whether a second factor is required"],
  "district.hide-setup": ["settings", "put away the list of first steps"],
  "district.answer-days": ["settings", "changed the days allowed to answer a record request"],
  "calendar.add": ["settings", "added days without school to the school calendar"],
  "calendar.holidays": ["settings", "added the federal holidays to the school calendar"],
  "calendar.remove": ["settings", "removed days without school from the school calendar"],
  "retention.rule": ["settings", "changed how long records are kept"],
  "building.add": ["settings", "added a building"],
  "building.rename": ["settings", "renamed a building"],
  "building.remove": ["settings", "removed a building"],
  "team.add": ["settings", "added a team"],
  "team.change": ["settings", "changed a team"],
  "team.remove": ["settings", "removed a team"],
  "roster.upload": ["settings", "uploaded a roster"],
  "roster.check": ["settings", "checked an uploaded roster"],
  "roster.decide": ["settings", "had a checked roster applied"],
  "roster.apply": ["settings", "applied a roster"],
  "roster.discard": ["settings", "discarded an uploaded roster"],
  "roster.fail": ["settings", "couldn’t take an uploaded roster"],
  "roster.dismiss-staff": ["settings", "dismissed staff of the roster"],
};

/** The actions of a group. */
export function actionsOf(group: AuditGroup): string[] {
  return Object.keys(auditWords).filter((action) => auditWords[action]?.[0] === group);
}

/** The words of an action, before and after its subject; an action of another version of Baton by its own name. */
export function wordsOf(action: string): [before: string, after: string | null] {
  const [before = "", after = null] = (auditWords[action]?.[1] ?? `did “${action}” to {}`).split("{}");
  return [before, after];
}
