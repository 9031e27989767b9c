-- What an office says of what was delivered for it: beside the verifier's word, never instead of it. What a directory holds.

create table delivery_answer (
  organisation_id uuid not null references organisation,
  delivery_id     uuid not null,
  office_id       uuid not null,
  line_id         uuid not null,
  answer          text not null check (answer in ('complete', 'differs')),
  answered_at     timestamptz not null,
  event_id        bigint not null,                          -- the event that holds the words
  version         int not null,
  primary key (organisation_id, delivery_id, office_id, line_id),
  foreign key (organisation_id, delivery_id) references delivery (organisation_id, id),
  foreign key (organisation_id, office_id) references office (organisation_id, id),
  foreign key (organisation_id, line_id) references needs_line (organisation_id, id)
);
-- What came for an office, for the page of its contact.
create index delivery_item_office on delivery_item (organisation_id, office_id, delivery_id) where office_id is not null;

-- A mail may tell of something that is no case: then `subject_id` says of what.
alter table outgoing_mail
  add column subject_id uuid,
  drop constraint outgoing_mail_notice_check,
  drop constraint outgoing_mail_check,
  drop constraint outgoing_mail_check1,
  drop constraint outgoing_mail_check2,
  add check (notice in ('opened', 'receipt', 'taken', 'promised', 'replied', 'asked', 'resolved', 'closed_silent', 'cancelled',
                        'refused', 'duplicate', 'daily_head', 'delivery')),
  add constraint outgoing_mail_of_one check (num_nonnulls(case_id, subject_id, day) = 1),
  add constraint outgoing_mail_event check ((day is null) = (event_id is not null)),
  add constraint outgoing_mail_head check ((notice = 'daily_head') = (day is not null) and (day is null) = (seal_number is null)),
  add constraint outgoing_mail_subject check ((notice = 'delivery') = (subject_id is not null));
create unique index outgoing_mail_subject_once on outgoing_mail (organisation_id, subject_id, event_id, person_id, notice)
  where subject_id is not null;

-- The link in such a mail: one answer, by one person, on one delivery, once. Of its token only the digest is kept.
create table delivery_link (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  token_hash      bytea not null unique,
  delivery_id     uuid not null,
  person_id       uuid not null,
  mail_id         uuid not null,
  expires_at      timestamptz not null,
  used_at         timestamptz,
  used_answer     text check (used_answer in ('complete', 'differs')),
  primary key (organisation_id, id),
  foreign key (organisation_id, delivery_id) references delivery (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id),
  foreign key (organisation_id, mail_id) references outgoing_mail (organisation_id, id),
  check ((used_at is null) = (used_answer is null))
);

do $$
declare t text;
begin
  foreach t in array array['delivery_answer', 'delivery_link'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert, update on %I to sitec_app', t);
  end loop;
end $$;

-- Whose link this is, before the administration is known.
create function delivery_link_of(for_token bytea) returns table (organisation_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select organisation_id, id from delivery_link where token_hash = for_token
$$;
revoke execute on function delivery_link_of(bytea) from public;
grant execute on function delivery_link_of(bytea) to sitec_app;

-- Items that a directory (LDAP) was seen to hold: what it holds no more is told, nothing is taken away.
create table directory_item (
  organisation_id uuid not null references organisation,
  source          text not null check (source <> ''),       -- server, base and filter
  item_id         uuid not null,
  name            text not null,                            -- as the directory calls it
  last_seen_at    timestamptz not null,
  last_logon_at   timestamptz,                              -- as the directory says
  primary key (organisation_id, source, item_id),
  foreign key (organisation_id, item_id) references configuration_item (organisation_id, id)
);
alter table directory_item enable row level security;
create policy tenant on directory_item using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert, update on directory_item to sitec_app;
