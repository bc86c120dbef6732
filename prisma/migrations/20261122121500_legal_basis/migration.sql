-- What stands behind a transfer's legal basis (34 CFR 99.30, 99.34, 99.36). It's the sender's own: a threat is told in words that may name
-- a student, and the transfer's row is seen by the other district before the code is given.
create table transfer_basis (
  district_id uuid not null references district,
  transfer_id uuid not null references transfer,
  -- The articulable and significant threat that the disclosure record must hold (99.32(a)(5)).
  threat text check (length(threat) between 1 and 2000),
  consent_on date,
  notice text check (notice in ('told', 'asked', 'yearly')),
  notice_on date,
  notice_method text check (notice_method in ('letter', 'email', 'phone', 'person')),
  notice_by text check (length(notice_by) between 1 and 200),
  stated_at timestamptz not null default now(),
  primary key (district_id, transfer_id)
);
comment on table transfer_basis is 'told: the parents were told of the transfer; asked: they asked for it themselves; yearly: the yearly notice tells of such transfers.';
create trigger append_only before update or delete or truncate on transfer_basis for each statement execute function refuse_change();

alter table transfer_basis enable row level security;
alter table transfer_basis force row level security;
create policy owner on transfer_basis to current_user using (true) with check (true);
create policy tenant on transfer_basis to baton_runtime using (district_id = (select current_district())) with check (district_id = (select current_district()));
grant select, insert on transfer_basis to baton_runtime;
