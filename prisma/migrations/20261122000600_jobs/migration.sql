-- The worker forgets drafts of transfers, in all districts with one statement: only those that were never sent.
create policy jobs_find on dispatch for select to baton_runtime using ((select system_reason()) = 'jobs' and sent_at is null);
create policy jobs_forget on dispatch for delete to baton_runtime using ((select system_reason()) = 'jobs' and sent_at is null);
create index dispatch_draft on dispatch (created_at) where sent_at is null;
