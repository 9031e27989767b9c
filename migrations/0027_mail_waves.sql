-- What the waves need beside their tables: the folder a merged mailbox goes below, messages kept apart, logs of third
-- parties, and mails to users.

alter table wave_mailbox add column under_folder text not null default '';

-- What goes back after a wave was stopped is a copy of its own, with messages set aside of its own.
alter table wave_mailbox add column back_copy_id uuid;
alter table wave_mailbox add foreign key (organisation_id, back_copy_id) references mail_copy (organisation_id, id);

-- The message itself, as the source gave it, kept because its owner wanted it kept.
alter table mail_copy_choice add column kept_sha256 text;
alter table mail_copy_choice add foreign key (organisation_id, kept_sha256) references file (organisation_id, sha256);

-- What a third party says it has copied; the proof reads both sides anew and takes from here only which is which.
create table wave_log_line (
  organisation_id uuid not null references organisation,
  wave_id         uuid not null,
  mailbox_id      uuid not null,
  folder          text not null check (folder <> ''),
  source_uid      bigint not null check (source_uid > 0),
  size            bigint check (size >= 0),
  sha256          bytea check (octet_length(sha256) = 32),
  target_uid      bigint check (target_uid > 0),
  result          text not null check (result in ('copied', 'refused', 'skipped')),
  primary key (organisation_id, wave_id, mailbox_id, folder, source_uid),
  foreign key (organisation_id, wave_id, mailbox_id) references wave_mailbox (organisation_id, wave_id, mailbox_id)
);

-- What users are told of a wave goes through the outbox, as mails of the waves' own subject.
alter table outgoing_mail drop constraint outgoing_mail_subject;
do $$
declare known text;
begin
  select string_agg(quote_literal(part[1]), ', ') into known
  from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g') as part
  where c.conrelid = 'outgoing_mail'::regclass and c.conname = 'outgoing_mail_notice_check';
  execute 'alter table outgoing_mail drop constraint outgoing_mail_notice_check';
  execute format('alter table outgoing_mail add constraint outgoing_mail_notice_check check (notice in (%s, ''wave_before'', ''wave_day'', ''wave_after''))', known);
end $$;
alter table outgoing_mail add constraint outgoing_mail_subject
  check ((notice in ('delivery', 'wave_before', 'wave_day', 'wave_after')) = (subject_id is not null));

do $$
declare t text;
begin
  foreach t in array array['wave_log_line'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant delete on wave_log_line to sitec_app;
