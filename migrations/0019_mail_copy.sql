-- Mailboxes copied from one IMAP server to another: what was meant, what the target answered, what was read back.

-- From which mailbox to which. The same pair again is the same copy, and goes on where it stopped.
create table mail_copy (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  source_host     text not null check (source_host <> ''),
  source_port     int not null check (source_port between 1 and 65535),
  source_user     text not null check (source_user <> ''),
  target_host     text not null check (target_host <> ''),
  target_port     int not null check (target_port between 1 and 65535),
  target_user     text not null check (target_user <> ''),
  begun_at        timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, source_host, source_port, source_user, target_host, target_port, target_user)
);

-- A folder, and how both sides stood (RFC 3501 §2.3.1.1, RFC 7162) when it was last copied to its end; null until then.
create table mail_copy_folder (
  organisation_id    uuid not null references organisation,
  id                 uuid not null,
  copy_id            uuid not null,
  source_path        text not null check (source_path <> ''),
  target_path        text not null check (target_path <> ''),
  target_uidvalidity bigint,                             -- what the target numbers of its items belong to
  source_standing    jsonb,                              -- uidvalidity, uidnext, messages, modseq
  target_standing    jsonb,
  primary key (organisation_id, id),
  unique (organisation_id, copy_id, source_path),
  unique (organisation_id, copy_id, target_path),
  foreign key (organisation_id, copy_id) references mail_copy (organisation_id, id),
  check ((source_standing is null) = (target_standing is null))
);

-- A message of the source. `intent` is committed before a byte of it is sent, `stored` when the target has answered with
-- its number, `verified` when it was read back. `refused`: the target said no. `altered`: it is there, but is not the same.
create table mail_copy_item (
  organisation_id    uuid not null references organisation,
  folder_id          uuid not null,
  source_uidvalidity bigint not null,
  source_uid         bigint not null,
  size               bigint not null check (size >= 0),
  received_at        timestamptz,                        -- INTERNALDATE, an instant
  flags              text not null,                      -- last synchronised: sorted, parted by blanks
  sha256             bytea check (octet_length(sha256) = 32),
  state              text not null check (state in ('intent', 'stored', 'verified', 'refused', 'altered')),
  sent_after         bigint,                             -- UIDNEXT of the target before the first sending
  times_sent         int not null default 0,
  target_uid         bigint,
  target_sha256      bytea check (octet_length(target_sha256) = 32),
  level              smallint check (level between 0 and 4),
  reason             text check (reason <> ''),          -- the server's words, or which headers differ
  is_gone            boolean not null default false,     -- no longer at the source
  primary key (organisation_id, folder_id, source_uidvalidity, source_uid),
  foreign key (organisation_id, folder_id) references mail_copy_folder (organisation_id, id),
  check ((state in ('stored', 'verified', 'altered')) = (target_uid is not null)),
  check ((state in ('verified', 'altered')) = (target_sha256 is not null and level is not null)),
  check ((state in ('refused', 'altered')) = (reason is not null)),
  check (state = 'refused' or sha256 is not null)
) with (fillfactor = 60);                                -- each row is written three times: room for it on its page
-- A message at the target stands for one message of the source.
create unique index mail_copy_item_target on mail_copy_item (organisation_id, folder_id, target_uid) where target_uid is not null;

do $$
declare t text;
begin
  foreach t in array array['mail_copy', 'mail_copy_folder', 'mail_copy_item'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant update on mail_copy_folder, mail_copy_item to sitec_app;
