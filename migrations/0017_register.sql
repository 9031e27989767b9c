-- The register: what the administration has and uses, as an operational record and an economic one; what rests on what;
-- how many there are, by source.

create table configuration_item (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  code            text collate "C" not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  type            text collate "C" not null check (type ~ '^[a-z][a-z_]{1,39}$'),   -- a key of item-types.ts
  name            text not null check (name <> ''),
  state           text collate "C" not null check (state in ('planned', 'ordered', 'delivered', 'verified', 'in_stock', 'in_use',
                    'repair', 'retired', 'disposed')),
  title           text not null check (title in ('owned', 'supplier', 'leased', 'loan', 'cloud')),
  office_id       uuid,                                     -- who has it and answers for it
  site_id         uuid,
  attributes      jsonb not null default '{}' check (jsonb_typeof(attributes) = 'object'),
  taken_over_on   date,                                     -- "preso in carico nel SITEC, dal"
  acquisition_id  uuid,                                     -- what it was acquired under; who acquires knows what that is
  search          tsvector not null default '',             -- words of code, name, tag, serial, maker, model
  version         int not null,
  created_at      timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, code),
  foreign key (organisation_id, office_id) references office (organisation_id, id),
  foreign key (organisation_id, site_id) references site (organisation_id, id)
);
create index configuration_item_type on configuration_item (organisation_id, type, code);
create index configuration_item_office on configuration_item (organisation_id, office_id, code);
create index configuration_item_site on configuration_item (organisation_id, site_id, code);
create index configuration_item_state on configuration_item (organisation_id, state, code);
create index configuration_item_search on configuration_item using gin (search);
-- A million acquired items are counted from this index alone.
create index configuration_item_acquisition on configuration_item (organisation_id, acquisition_id, state, office_id)
  where acquisition_id is not null;

-- The economic record of an item, one to one. `is_disposed` follows the item's state: a serial is free again only then.
create table asset (
  organisation_id   uuid not null references organisation,
  item_id           uuid not null,
  tag               text check (tag <> ''),                 -- inventory number
  serial            text check (serial <> ''),
  maker             text not null default '',
  model             text not null default '',
  custodian_id      uuid,
  room              text not null default '',
  cost_cents        bigint check (cost_cents >= 0),
  purchased_on      date,
  warranty_until    date,
  funding           text not null default '',
  loan_until        date,
  write_off_on      date,
  write_off_document text check (write_off_document <> ''),
  is_disposed       boolean not null default false,
  primary key (organisation_id, item_id),
  unique (organisation_id, tag),
  foreign key (organisation_id, item_id) references configuration_item (organisation_id, id),
  foreign key (organisation_id, custodian_id) references person (organisation_id, id),
  check ((write_off_on is null) = (write_off_document is null))
);
create unique index asset_serial on asset (organisation_id, upper(serial)) where serial is not null and not is_disposed;
-- A number is asked for also of what is gone: the same machine delivered again as a new one is to be noticed.
create index asset_serial_disposed on asset (organisation_id, upper(serial)) where serial is not null and is_disposed;
create index asset_custodian on asset (organisation_id, custodian_id) where custodian_id is not null;

create function asset_follows_item() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  update asset set is_disposed = (new.state = 'disposed') where organisation_id = new.organisation_id and item_id = new.id;
  return null;
end $$;
create trigger configuration_item_disposed after update of state on configuration_item for each row
  when ((old.state = 'disposed') <> (new.state = 'disposed')) execute function asset_follows_item();

-- The last number given to each prefix of codes: PC-000123.
create table item_number (
  organisation_id uuid not null references organisation,
  prefix          text not null check (prefix ~ '^[A-Z]{2,5}$'),
  last            int not null check (last >= 0),
  primary key (organisation_id, prefix)
);

-- What rests on what. The loss of the provider is felt by the dependent: what contains provides, what runs on something,
-- depends on it, connects to it or uses its data is dependent. A backup that is lost takes nobody down.
-- Of the providers of one dependent in one group, `needed` must be left.
create table item_relation (
  organisation_id  uuid not null references organisation,
  id               uuid not null,
  kind             text not null check (kind in ('runs_on', 'depends_on', 'contains', 'connects_to', 'uses_data_of', 'backed_up_by')),
  from_id          uuid not null,
  to_id            uuid not null,
  provider_id      uuid generated always as (case kind when 'contains' then from_id when 'backed_up_by' then null else to_id end) stored,
  dependent_id     uuid generated always as (case kind when 'contains' then to_id when 'backed_up_by' then null else from_id end) stored,
  redundancy_group text check (redundancy_group <> ''),
  needed           int check (needed > 0),
  primary key (organisation_id, id),
  unique (organisation_id, kind, from_id, to_id),
  foreign key (organisation_id, from_id) references configuration_item (organisation_id, id),
  foreign key (organisation_id, to_id) references configuration_item (organisation_id, id),
  check (from_id <> to_id),
  check ((redundancy_group is null) = (needed is null)),
  check (redundancy_group is null or kind <> 'backed_up_by')
);
create index item_relation_provider on item_relation (organisation_id, provider_id, dependent_id) include (redundancy_group);
create index item_relation_dependent on item_relation (organisation_id, dependent_id, provider_id) include (redundancy_group, needed);
create index item_relation_from on item_relation (organisation_id, from_id);
create index item_relation_to on item_relation (organisation_id, to_id);
-- A thing is in one other thing.
create unique index item_relation_container on item_relation (organisation_id, to_id) where kind = 'contains';

-- How many there are according to a source, on a date, by definition; never instead of the register's own count.
create table estate_figure (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  definition      text not null check (definition ~ '^[a-z][a-z_]{1,59}$'),
  as_of           date not null,
  source          text not null check (source <> ''),
  quantity        bigint not null check (quantity >= 0),
  unit            text not null check (unit <> ''),
  recorded_at     timestamptz not null default clock_timestamp(),
  primary key (organisation_id, id),
  unique (organisation_id, definition, as_of, source)
);

do $$
declare t text;
begin
  foreach t in array array['configuration_item', 'asset', 'item_number', 'item_relation', 'estate_figure'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert, update on %I to sitec_app', t);
  end loop;
end $$;
grant delete on item_relation to sitec_app;

-- Ids of the items that hold every one of these beginnings of words, at most 1,000: past that "is_capped" asks for another
-- word. `offices` narrows to those somebody may see; null: all. The ids are joined back under row security.
create function search_items(for_organisation uuid, beginnings tsquery, offices uuid[])
returns table (id uuid, is_capped boolean)
language plpgsql stable security definer rows 1000 set search_path = public, pg_temp as $$
declare
  found uuid[];
begin
  select array_agg(hit.id) into found from (
    select c.id from configuration_item c
    where c.organisation_id = for_organisation and c.search @@ beginnings and (offices is null or c.office_id = any (offices))
    limit 1001
  ) hit;
  return query select unnest(found[1:1000]), coalesce(cardinality(found), 0) > 1000;
end $$;
revoke execute on function search_items(uuid, tsquery, uuid[]) from public;
grant execute on function search_items(uuid, tsquery, uuid[]) to sitec_app;

-- What is reached from an item, step by step, nearest first, at most `most` things. Downwards ('impact'): what is lost with it,
-- and what is weakened because enough providers of its group remain that are in use: one that is planned, in stock, being
-- repaired or retired holds nobody up. Upwards ('dependency'): what it rests on.
-- Runs with the rights of whoever asks.
create function walk_items(for_organisation uuid, start uuid, direction text, most int)
returns table (id uuid, step int, via_id uuid, is_lost boolean)
language plpgsql stable rows 100 set search_path = public, pg_temp as $$
declare
  lost uuid[] := array[start];
  frontier uuid[] := array[start];
  weak_ids uuid[] := '{}';
  weak_steps int[] := '{}';
  weak_vias uuid[] := '{}';
  candidates uuid[];
  vias uuid[];
  falls boolean[];
  at int := 0;
begin
  while cardinality(frontier) > 0 and cardinality(lost) <= most loop
    at := at + 1;
    if direction = 'impact' then
      -- Reached by a relation outside any group, it falls; otherwise it depends on how many of its groups are left. Their state
      -- is looked up one by one by key: a join could be planned as a scan of the whole register for each candidate.
      select array_agg(c.id order by c.id), array_agg(c.via order by c.id), array_agg(c.is_direct or exists (
          select from item_relation g
          where g.organisation_id = for_organisation and g.dependent_id = c.id and g.redundancy_group is not null
          group by g.redundancy_group
          having count(*) filter (where g.provider_id <> all (lost) and (select p.state from configuration_item p
                   where p.organisation_id = for_organisation and p.id = g.provider_id) = 'in_use') < max(g.needed)
             and count(*) filter (where g.provider_id = any (lost)) > 0) order by c.id)
      into candidates, vias, falls from (
        select r.dependent_id as id, (array_agg(r.provider_id order by r.provider_id))[1] as via, bool_or(r.redundancy_group is null) as is_direct
        from unnest(frontier) as f (id)
        join item_relation r on r.organisation_id = for_organisation and r.provider_id = f.id
        where r.dependent_id <> all (lost)
        group by r.dependent_id order by r.dependent_id limit most + 1
      ) c;
      if candidates is null then exit; end if;
      weak_ids := weak_ids || coalesce((select array_agg(c order by n) from unnest(candidates, falls) with ordinality as x (c, f, n) where not f), '{}');
      weak_vias := weak_vias || coalesce((select array_agg(v order by n) from unnest(vias, falls) with ordinality as x (v, f, n) where not f), '{}');
      weak_steps := weak_steps || coalesce((select array_agg(at) from unnest(falls) as x (f) where not f), '{}');
      select coalesce(array_agg(c order by n), '{}'), coalesce(array_agg(v order by n), '{}') into candidates, vias
      from unnest(candidates, vias, falls) with ordinality as x (c, v, f, n) where f;
    else
      select coalesce(array_agg(c.provider_id), '{}'), coalesce(array_agg(c.dependent_id), '{}') into candidates, vias from (
        select distinct on (r.provider_id) r.provider_id, r.dependent_id
        from unnest(frontier) as f (id)
        join item_relation r on r.organisation_id = for_organisation and r.dependent_id = f.id
        where r.provider_id <> all (lost)
        order by r.provider_id, r.dependent_id limit most + 1
      ) c;
    end if;
    return query select c, at, v, true from unnest(candidates, vias) as x (c, v);
    lost := lost || candidates;
    frontier := candidates;
  end loop;
  return query select distinct on (w) w, s, v, false from unnest(weak_ids, weak_steps, weak_vias) as x (w, s, v)
    where w <> all (lost) order by w, s;
end $$;
grant execute on function walk_items(uuid, uuid, text, int) to sitec_app;
