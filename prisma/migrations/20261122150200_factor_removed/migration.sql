-- As membership.enabled_at: a second factor that is taken away leaves another state than the one before it was set up.
alter table app_user add column totp_removed_at timestamptz;
