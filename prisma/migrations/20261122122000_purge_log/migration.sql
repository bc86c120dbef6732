-- The worker writes every purge into a log beside the database (PURGE_LOG_FILE): a restored backup must not bring back what was purged after it.
create policy jobs on purge_certificate for select to baton_runtime using ((select system_reason()) = 'jobs');
