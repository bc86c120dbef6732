/** Policies of the runtime role on tenant tables besides the tenant's own, and why. */
export const otherPolicies: Record<string, string> = {
  "membership.sign_in ALL": "signing in looks for a person's districts before standing in one",
  "invitation.sign_in ALL": "whoever follows the link of an invitation isn't signed in",
  "district_settings.sign_in SELECT": "a session knows the time zone of each of its person's districts",
  "mail.jobs SELECT": "the worker looks for mails left behind in any district",
  "stored_file.jobs SELECT": "the sweeper asks which objects are still named",
  "roster_import.jobs SELECT": "the worker looks for imports that were left behind",
  "dispatch.jobs_find SELECT": "the worker looks for drafts that were never sent",
  "dispatch.jobs_forget DELETE": "and forgets them",
  "document.jobs SELECT": "the worker looks for what has lain in a bin for thirty days",
  "audit_head.jobs SELECT": "the worker keeps every chain's head in a second place",
  "audit_check.jobs SELECT": "the worker looks which chain is due to be verified",
  "purge_certificate.jobs SELECT": "the worker copies certificates into the log of purges",
  "case_due.jobs SELECT": "the worker looks for districts with words to be brought up to date",
};
/** Unique keys of tenant tables that don't begin with the district, and why. */
export const globalKeys: Record<string, string> = {
  "invitation (token_hash)": "32 random bytes: their being taken tells nothing",
};
/** Foreign keys of tenant tables to shared ones, the district itself aside, and why. */
export const toShared: Record<string, string> = {
  "membership (user_id) → app_user": "a person's one login for several districts",
  "transfer_case (transfer_id) → transfer": "shared row; the functions alone write it",
  "intake (transfer_id) → transfer": "shared row; only an unlocked transfer to the own district is read through it",
  "transfer_basis (transfer_id) → transfer": "shared row; written while sending, for the own side of it",
  "dispatch (redo_of) → transfer": "shared row; the reported transfer of the own side that is done again",
  "dispatch (request_id) → record_request": "shared row; the request to the own district that is answered",
  "transfer_document (transfer_id) → transfer": "shared row; the functions alone write it",
  "received_cover (transfer_id) → transfer": "shared row; written at Save, for the own side of it",
};
/** What the runtime role may do where it isn't the usual: read and write its own district's rows. */
export const rights: Record<string, string> = {
  _prisma_migrations: "SELECT",
  audit: "SELECT",
  audit_head: "SELECT",
  code_try: "",
  disclosure: "INSERT, SELECT",
  district: "SELECT; UPDATE of case_transfers_on, documents_off",
  doomed_object: "DELETE, INSERT, SELECT",
  legal_hold: "INSERT, SELECT, UPDATE",
  package_file: "INSERT, SELECT",
  package_item: "INSERT, SELECT",
  package_key: "",
  package_manifest: "INSERT, SELECT",
  purge_certificate: "INSERT, SELECT",
  purge_proposal: "INSERT, SELECT, UPDATE",
  purge_proposal_item: "INSERT, SELECT, UPDATE",
  record_request: "INSERT, SELECT",
  retention_rule: "INSERT, SELECT, UPDATE",
  transfer: "SELECT",
  transfer_basis: "INSERT, SELECT",
  transfer_case: "SELECT",
  transfer_document: "SELECT",
  transfer_event: "SELECT",
  transfer_key: "",
  transfer_rule: "SELECT",
};
/** Read and write the own district's rows. */
export const usualRights = "DELETE, INSERT, SELECT, UPDATE";
/** Functions that other functions call, and nobody else. */
export const internalFunctions = ["exchange_answer", "exchange_apply", "transfer_note"];
/** What holds append-only, read-only and the state table. */
export const triggers = [
  "attachment.refuse_received",
  "attachment.refuse_held",
  "audit.append_only",
  "case.refuse_held",
  "case.refuse_held_move",
  "case.refuse_unconfirmed",
  "disclosure.append_only",
  "document.refuse_held",
  "document.refuse_held_move",
  "legal_hold.refuse_hold_change",
  "note.refuse_held",
  "note.refuse_received",
  "roster_import.refuse_import_step",
  "purge_certificate.append_only",
  "purge_proposal.refuse_proposal_step",
  "strategy.refuse_held",
  "task.refuse_held",
  "transfer.refuse_transition",
  "transfer_basis.append_only",
];
/** The fence of a tenant table, as the catalog spells it. */
export const fence = "(district_id = ( SELECT current_district() AS current_district))";
