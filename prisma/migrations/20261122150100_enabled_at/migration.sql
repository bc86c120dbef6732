-- Enabling a disabled membership clears disabled_at, and what was known by the state before the disabling (device cookies: lib/users/known-device.ts)
-- would be known again. This time stays, so that every disabling and enabling leaves another state behind.
alter table membership add column enabled_at timestamptz;
