-- Waves into Gmail through its API: how a server is written to, and the way back from there.

-- `api`: another address of the API than Google's own. What a user may spend in a minute; null: as for new projects.
alter table mail_server
  add column written_by text not null default 'imap' check (written_by in ('imap', 'gmail_api')),
  add column api text check (api ~ '^https?://'),
  add column units_per_minute int check (units_per_minute >= 100),
  add constraint mail_server_written_by check (written_by = 'imap' or (kind = 'google' and sign_in = 'token')),
  add constraint mail_server_api check (written_by = 'gmail_api' or (api is null and units_per_minute is null));

-- Numbers for Gmail's messages, whose own are words, in the order in which a copy from there first saw them. `is_ours`: it was
-- brought there, and is at the other side already.
create table mail_copy_number (
  organisation_id uuid not null references organisation,
  copy_id         uuid not null,
  gmail_id        text not null check (gmail_id <> ''),
  number          int not null check (number > 0),
  is_ours         boolean not null,
  primary key (organisation_id, copy_id, gmail_id),
  unique (organisation_id, copy_id, number),
  foreign key (organisation_id, copy_id) references mail_copy (organisation_id, id)
);

alter table mail_copy_number enable row level security;
create policy tenant on mail_copy_number using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on mail_copy_number to sitec_app;
