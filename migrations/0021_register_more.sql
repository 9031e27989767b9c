-- The register, from hand to hand: records of handover and what custodians say of them.

create table handover_number (
  organisation_id uuid not null references organisation,
  year            int not null check (year between 1900 and 2999),
  last            int not null check (last >= 0),
  primary key (organisation_id, year)
);

-- One act with which items passed from hand to hand; its document and its note are words of the items' events.
create table handover (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  year            int not null,
  number          int not null check (number > 0),          -- "12/2026"
  act             text not null check (act in ('install', 'move', 'loan', 'return', 'repair', 'replace', 'retire', 'dispose')),
  happened_on     date not null,
  party_id        uuid,                                     -- for whom acted who did it; null: SITEC itself
  giver_id        uuid,                                     -- the custodian before; null: whoever did it
  receiver_id     uuid,                                     -- the custodian after; null: nobody
  office_id       uuid,
  site_id         uuid,
  room            text not null default '',
  answer          text check (answer in ('waiting', 'confirmed', 'disputed')),   -- null: nobody has to answer
  answered_at     timestamptz,
  made_at         timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, year, number),
  foreign key (organisation_id, party_id) references party (organisation_id, id),
  foreign key (organisation_id, giver_id) references person (organisation_id, id),
  foreign key (organisation_id, receiver_id) references person (organisation_id, id),
  foreign key (organisation_id, office_id) references office (organisation_id, id),
  foreign key (organisation_id, site_id) references site (organisation_id, id),
  check (answer is null or receiver_id is not null),
  check ((answered_at is not null) = (answer is not null and answer <> 'waiting'))
);
create index handover_receiver on handover (organisation_id, receiver_id, id) where receiver_id is not null;
create index handover_open on handover (organisation_id, id) where answer in ('waiting', 'disputed');

-- What passed. `is_over`: the item has moved again since, and nobody needs to answer for it here any more.
create table handover_item (
  organisation_id uuid not null references organisation,
  handover_id     uuid not null,
  item_id         uuid not null,
  is_back         boolean not null,                         -- taken back instead of handed out
  is_over         boolean not null default false,
  primary key (organisation_id, handover_id, item_id),
  foreign key (organisation_id, handover_id) references handover (organisation_id, id),
  foreign key (organisation_id, item_id) references configuration_item (organisation_id, id)
);
create index handover_item_item on handover_item (organisation_id, item_id, handover_id);

do $$
declare t text;
begin
  foreach t in array array['handover_number', 'handover', 'handover_item'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert, update on %I to sitec_app', t);
  end loop;
end $$;

-- What a case is about, of the things in the register.
create table case_item (
  organisation_id uuid not null references organisation,
  case_id         uuid not null,
  item_id         uuid not null,
  linked_at       timestamptz not null default clock_timestamp(),
  primary key (organisation_id, case_id, item_id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  foreign key (organisation_id, item_id) references configuration_item (organisation_id, id)
);
create index case_item_item on case_item (organisation_id, item_id, linked_at);

-- How far the desk's record is read, and what became of each serial number its installations told of: each once.
create table desk_watermark (
  organisation_id uuid not null references organisation,
  event_id        bigint not null,
  primary key (organisation_id)
);
create table desk_installation (
  organisation_id uuid not null references organisation,
  event_id        bigint not null,                          -- the resolution
  serial          text not null check (serial <> ''),
  case_id         uuid not null,
  item_id         uuid,                                     -- null: no item has this serial
  outcome         text not null check (outcome in ('installed', 'already', 'unknown', 'wrong_state')),
  noted_at        timestamptz not null default clock_timestamp(),
  primary key (organisation_id, event_id, serial),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  foreign key (organisation_id, item_id) references configuration_item (organisation_id, id),
  check ((outcome = 'unknown') = (item_id is null))
);

do $$
declare t text;
begin
  foreach t in array array['case_item', 'desk_watermark', 'desk_installation'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert, update on %I to sitec_app', t);
  end loop;
end $$;
grant delete on case_item to sitec_app;

-- An inventory: what the register expects at some places on a day, and what was read there.
create table inventory_campaign (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  name            text not null check (name <> ''),
  planned_on      date not null,
  scope           jsonb not null default '{}',              -- officeIds, siteIds, types: none of one, whatever it is
  opened_at       timestamptz not null default clock_timestamp(),
  closed_at       timestamptz,
  primary key (organisation_id, id)
);
create index inventory_campaign_newest on inventory_campaign (organisation_id, opened_at desc);

-- What the register said when it was opened, and stays: items move on meanwhile.
create table campaign_item (
  organisation_id uuid not null references organisation,
  campaign_id     uuid not null,
  item_id         uuid not null,
  office_id       uuid,
  site_id         uuid,
  room            text not null default '',
  to_verify       boolean not null default false,           -- missing at the close, until somebody says what became of it
  primary key (organisation_id, campaign_id, item_id),
  foreign key (organisation_id, campaign_id) references inventory_campaign (organisation_id, id),
  foreign key (organisation_id, item_id) references configuration_item (organisation_id, id)
);
create index campaign_item_to_verify on campaign_item (organisation_id, item_id) where to_verify;

-- Every reading; the last one of a thing counts.
create table campaign_reading (
  organisation_id uuid not null references organisation,
  campaign_id     uuid not null,
  id              uuid not null,
  mark            text not null check (mark <> ''),         -- as it was scanned or typed
  item_id         uuid,                                     -- null: not in the register
  site_id         uuid,                                     -- where it was read; null: not said
  room            text not null default '',
  read_at         timestamptz not null,
  primary key (organisation_id, campaign_id, id),
  foreign key (organisation_id, campaign_id) references inventory_campaign (organisation_id, id),
  foreign key (organisation_id, item_id) references configuration_item (organisation_id, id),
  foreign key (organisation_id, site_id) references site (organisation_id, id)
);
create index campaign_reading_item on campaign_reading (organisation_id, campaign_id, item_id, read_at desc);

do $$
declare t text;
begin
  foreach t in array array['inventory_campaign', 'campaign_item', 'campaign_reading'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert, update on %I to sitec_app', t);
  end loop;
end $$;
