-- What the desk knows: articles, reply templates, known outages; and what makes the queue quick: links, saved views.

create table article (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  title           text not null check (title <> ''),
  body            text not null,
  keywords        text not null default '',
  kinds           text[] not null default '{}',   -- kinds of request it helps with; none means any
  audience        text not null check (audience in ('everybody', 'staff')),
  state           text not null check (state in ('draft', 'published', 'retired')),
  owner_id        uuid not null,
  review_on       date not null,
  published_at    timestamptz,
  helped          int not null default 0,         -- requests avoided: as many as its events article.helped
  search          tsvector not null,
  version         int not null,
  updated_at      timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, owner_id) references person (organisation_id, id),
  check (state <> 'published' or published_at is not null)
);
create index article_search on article using gin (search);
create index article_title on article (organisation_id, title);
create index article_helped on article (organisation_id, helped desc, title) where state = 'published';
create index article_review on article (organisation_id, review_on, owner_id) where state = 'published';

-- "È stato utile?": the last word of each reader.
create table article_rating (
  organisation_id uuid not null references organisation,
  article_id      uuid not null,
  person_id       uuid not null,
  is_useful       boolean not null,
  primary key (organisation_id, article_id, person_id),
  foreign key (organisation_id, article_id) references article (organisation_id, id),
  foreign key (organisation_id, person_id) references person (organisation_id, id)
);

create table reply_template (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  title           text not null check (title <> ''),
  body            text not null check (body <> ''),
  kinds           text[] not null default '{}',
  team_id         uuid,                            -- whose it is; null: everybody's
  is_retired      boolean not null default false,
  version         int not null,
  updated_at      timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, team_id) references team (organisation_id, id)
);
create unique index reply_template_title on reply_template (organisation_id, lower(title)) where not is_retired;

create table outage (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  title           text not null check (title <> ''),
  body            text not null,                   -- what users should know
  words           text not null default '',        -- applications and things it touches, as users call them
  kinds           text[] not null default '{}',
  team_id         uuid not null,                   -- who works at it
  state           text not null check (state in ('open', 'closed')),
  started_at      timestamptz not null,
  expected_at     timestamptz,
  ended_at        timestamptz,
  search          tsvector not null,
  version         int not null,
  updated_at      timestamptz not null,
  primary key (organisation_id, id),
  foreign key (organisation_id, team_id) references team (organisation_id, id),
  check ((state = 'closed') = (ended_at is not null)),
  check (ended_at >= started_at),
  check (expected_at >= started_at)
);
create index outage_open on outage (organisation_id, started_at desc) where state = 'open';
create index outage_started on outage (organisation_id, started_at desc, id);

-- Where it is felt; an outage with no row here is felt everywhere.
create table outage_place (
  organisation_id uuid not null references organisation,
  outage_id       uuid not null,
  office_id       uuid,
  site_id         uuid,
  place_id        uuid not null generated always as (coalesce(office_id, site_id)) stored,
  primary key (organisation_id, outage_id, place_id),
  foreign key (organisation_id, outage_id) references outage (organisation_id, id),
  foreign key (organisation_id, office_id) references office (organisation_id, id),
  foreign key (organisation_id, site_id) references site (organisation_id, id),
  check (num_nonnulls(office_id, site_id) = 1)
);

-- A case suffers one outage at a time. settled_at: when the end of the outage has done what it does to the case.
create table outage_case (
  organisation_id uuid not null references organisation,
  outage_id       uuid not null,
  case_id         uuid not null,
  joined_at       timestamptz not null,
  joined_how      text not null check (joined_how in ('me_too', 'agent')),
  settled_at      timestamptz,
  primary key (organisation_id, case_id),
  foreign key (organisation_id, outage_id) references outage (organisation_id, id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id)
);
create index outage_case_outage on outage_case (organisation_id, outage_id, joined_at);

-- Two cases that have to do with each other, written once whichever was first.
create table case_link (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  case_id         uuid not null,
  other_id        uuid not null,
  relation        text not null check (relation in ('related')),
  linked_at       timestamptz not null,
  primary key (organisation_id, id),
  unique (organisation_id, case_id, other_id),
  foreign key (organisation_id, case_id) references desk_case (organisation_id, id),
  foreign key (organisation_id, other_id) references desk_case (organisation_id, id),
  check (case_id < other_id)
);
create index case_link_other on case_link (organisation_id, other_id);

create table saved_view (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  owner_id        uuid not null,
  team_id         uuid,                            -- shared with; null: its owner's alone
  name            text not null check (name <> ''),
  filter          jsonb not null,
  version         int not null,
  primary key (organisation_id, id),
  unique (organisation_id, owner_id, name),
  foreign key (organisation_id, owner_id) references person (organisation_id, id),
  foreign key (organisation_id, team_id) references team (organisation_id, id)
);
create index saved_view_team on saved_view (organisation_id, team_id);

do $$
declare t text;
begin
  foreach t in array array['article', 'article_rating', 'reply_template', 'outage', 'outage_place', 'outage_case',
                           'case_link', 'saved_view'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert, update on %I to sitec_app', t);
  end loop;
end $$;
grant delete on outage_place, outage_case, case_link, saved_view to sitec_app;

-- Articles by their words: all of them anywhere in the text, or, loosely, any of them in title and keywords, best first.
-- Row security keeps the GIN index from being used, so the tenant stands in the WHERE and callers join the ids back.
create function find_articles(for_organisation uuid, words text, is_loose boolean, how_many int)
returns table (id uuid, score real)
language plpgsql stable security definer rows 40 set search_path = public, pg_temp as $$
declare
  query tsquery := websearch_to_tsquery('it', words);
begin
  if is_loose then
    select to_tsquery('simple', string_agg(quote_literal(lexeme) || ':A', ' | ')) into query
    from unnest(to_tsvector('it', words));
  end if;
  return query select a.id, ts_rank(a.search, query) from article a
    where a.organisation_id = for_organisation and a.search @@ query
    order by 2 desc, a.title limit least(how_many, 200);
end $$;
revoke execute on function find_articles(uuid, text, boolean, int) from public;
grant execute on function find_articles(uuid, text, boolean, int) to sitec_app;

-- The homes count open cases by team and by kind, and find the oldest, from the index alone.
create index desk_case_open_team on desk_case (organisation_id, team_id, state, opened_at)
  include (office_id, requester_id, next_due_at) where state not in ('closed', 'cancelled', 'duplicate', 'rejected');
create index desk_case_open_kind on desk_case (organisation_id, kind, state, opened_at)
  include (team_id, office_id, requester_id, next_due_at) where state not in ('closed', 'cancelled', 'duplicate', 'rejected');
