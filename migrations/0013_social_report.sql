-- The social report: strategic lines, guidelines, priorities; editions, sections, objectives; series; published versions.

-- The editor of transparency, beside the roles there are already.
do $$
declare known text;
begin
  select string_agg(quote_literal(part[1]), ', ') into known
  from pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g') as part
  where c.conrelid = 'person_role'::regclass and c.conname = 'person_role_role_check';
  execute 'alter table person_role drop constraint person_role_role_check';
  execute format('alter table person_role add constraint person_role_role_check check (role in (%s, ''editor''))', known);
end $$;

create table strategic_line (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  number          smallint not null check (number between 1 and 99),
  title           text not null check (title <> ''),
  primary key (organisation_id, id),
  unique (organisation_id, number)
);

create table guideline (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  line_id         uuid not null,
  number          smallint not null check (number between 1 and 99),
  title           text not null check (title <> ''),
  primary key (organisation_id, id),
  unique (organisation_id, line_id, number),
  foreign key (organisation_id, line_id) references strategic_line (organisation_id, id)
);

create table priority (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  guideline_id    uuid not null,
  title           text not null check (title <> ''),
  description     text not null default '',
  state           text not null check (state in ('proposed', 'selected', 'implemented', 'dropped')),
  reason          text not null default '',       -- why it was dropped, or what was achieved
  decided_on      date,                            -- of the state it is in
  version         int not null,
  updated_at      timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, guideline_id) references guideline (organisation_id, id),
  check (state <> 'dropped' or reason <> '')
);
create index priority_guideline on priority (organisation_id, guideline_id);

-- Figures by year as a paper gives them. Two papers may disagree: both values stay, each under its source.
create table report_series_value (
  organisation_id uuid not null references organisation,
  figure          text not null check (figure <> ''),
  year            smallint not null check (year between 1950 and 2200),
  source          text not null check (source <> ''),
  value           numeric not null,
  unit            text not null,
  imported_at     timestamptz not null,
  primary key (organisation_id, figure, year, source)
);

-- One a year. What waits for approval, or is approved, is kept as it was submitted: those bytes are published.
create table report_edition (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  year            smallint not null check (year between 1950 and 2200),
  title           text not null check (title <> ''),
  summary         text not null default '',
  office          text not null check (office <> ''),
  state           text not null check (state in ('draft', 'submitted', 'approved', 'published')),
  content         text,
  digest          text check (digest ~ '^[0-9a-f]{64}$'),
  change_note     text not null default '',
  return_reason   text not null default '',
  submitted_by    uuid,
  last_number     smallint not null default 0,    -- of the newest published version
  version         int not null,
  updated_at      timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, year),
  foreign key (organisation_id, submitted_by) references person (organisation_id, id),
  check ((state in ('submitted', 'approved')) = (content is not null)),
  check ((content is null) = (digest is null)),
  check (state <> 'published' or last_number > 0)
);

create table report_section (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  edition_id      uuid not null,
  code            text not null check (code ~ '^[1-9][0-9]?(-[A-Z])?$'),
  title           text not null check (title <> ''),
  intro           text not null default '',
  position        smallint not null,
  primary key (organisation_id, id),
  unique (organisation_id, edition_id, code),
  unique (organisation_id, edition_id, position) deferrable initially immediate,
  foreign key (organisation_id, edition_id) references report_edition (organisation_id, id)
);

create table report_objective (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  section_id      uuid not null,
  number          smallint not null check (number between 1 and 99),
  title           text not null check (title <> ''),
  lead            text not null default '',       -- one sentence; without it one is computed
  priority_id     uuid,
  blocks          jsonb not null default '[]' check (jsonb_typeof(blocks) = 'array'),
  version         int not null,
  updated_at      timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, section_id, number) deferrable initially immediate,
  foreign key (organisation_id, section_id) references report_section (organisation_id, id),
  foreign key (organisation_id, priority_id) references priority (organisation_id, id)
);

-- What was published, byte by byte: never changed, never removed. The event edition.published holds the digest.
create table report_edition_version (
  organisation_id uuid not null references organisation,
  edition_id      uuid not null,
  number          smallint not null check (number > 0),
  content         text not null,
  digest          text not null check (digest ~ '^[0-9a-f]{64}$'),
  change_note     text not null default '',
  published_at    timestamptz not null,
  primary key (organisation_id, edition_id, number),
  foreign key (organisation_id, edition_id) references report_edition (organisation_id, id),
  check (number = 1 or change_note <> '')
);

do $$
declare t text;
begin
  foreach t in array array['strategic_line', 'guideline', 'priority', 'report_series_value', 'report_edition', 'report_section',
                           'report_objective', 'report_edition_version'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
grant update on priority, report_edition to sitec_app;
grant update, delete on report_section, report_objective to sitec_app;
