-- Photographs of a delivery: what the verifier saw. The bytes lie by content, as attachments do.

create table delivery_photo (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  delivery_id     uuid not null,
  event_id        bigint not null,                          -- holds who, when, and what it shows
  sha256          text not null,
  media_type      text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  primary key (organisation_id, id),
  unique (organisation_id, delivery_id, sha256),
  foreign key (organisation_id, delivery_id) references delivery (organisation_id, id),
  foreign key (organisation_id, sha256) references file (organisation_id, sha256)
);
create index delivery_photo_file on delivery_photo (organisation_id, sha256);
alter table delivery_photo enable row level security;
create policy tenant on delivery_photo using (organisation_id = nullif(current_setting('sitec.organisation', true), '')::uuid);
grant select, insert on delivery_photo to sitec_app;

-- Whoever erases a case or a mail forgets the files that only it named; one that is a photograph too stays, and so does its
-- content when the sweep looks (file_is_known).
create function file_stays_with_photo() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if exists (select from delivery_photo p where p.organisation_id = old.organisation_id and p.sha256 = old.sha256) then
    return null;
  end if;
  return old;
end
$$;
create trigger file_stays_with_photo before delete on file for each row execute function file_stays_with_photo();
