-- A session knows the time zone of each of its person's districts. Signing in looks before there is a district, and found none.
create policy sign_in on district_settings for select to baton_runtime using ((select system_reason()) = 'sign-in');
