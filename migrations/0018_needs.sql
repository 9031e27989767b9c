-- The yearly needs plan, from what an office asks to what is paid: planned, ordered, declared, verified, installed, retired, paid.

-- A price list in force from a day. Never changed: another list with a later day is added.
create table price_list (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  name            text not null check (name <> ''),
  effective_from  date not null,
  act             text not null check (act <> ''),
  primary key (organisation_id, id),
  unique (organisation_id, effective_from)
);

create table price_list_item (
  organisation_id uuid not null references organisation,
  list_id         uuid not null,
  code            text not null check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'),
  category        text not null check (category in ('workstation', 'laptop', 'printer', 'scanner', 'server', 'storage', 'network', 'phone', 'software', 'mail', 'service')),
  description     text not null check (description <> ''),
  unit_cents      bigint not null check (unit_cents >= 0),
  reference_cents bigint check (reference_cents >= 0),      -- of a public buyer, where there is one
  reference       text,                                     -- whose
  primary key (organisation_id, list_id, code),
  foreign key (organisation_id, list_id) references price_list (organisation_id, id)
);

create table needs_plan (
  organisation_id  uuid not null references organisation,
  id               uuid not null,
  year             int not null check (year between 2000 and 2200),
  state            text not null check (state in ('collecting', 'deciding', 'approved')),
  closes_on        date,                                    -- the last day for offices
  vat_per_mille    int not null check (vat_per_mille between 0 and 1000),
  two_person_cents bigint not null check (two_person_cents >= 0),   -- a lot of this worth is verified by two
  verify_days      int not null check (verify_days > 0),    -- from the declared delivery
  variation        int not null check (variation >= 0),     -- the newest approved one; 0 is the plan itself
  version          int not null,
  primary key (organisation_id, id),
  unique (organisation_id, year)
);

-- What an office asks for in a year. A draft is the office's own; what is sent is recorded.
create table needs_request (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  plan_id         uuid not null,
  office_id       uuid not null,
  state           text not null check (state in ('draft', 'sent')),
  saved_at        timestamptz not null,
  sent_at         timestamptz check ((state = 'sent') <= (sent_at is not null)),
  version         int not null,
  primary key (organisation_id, id),
  unique (organisation_id, plan_id, office_id),
  foreign key (organisation_id, plan_id) references needs_plan (organisation_id, id),
  foreign key (organisation_id, office_id) references office (organisation_id, id)
);

create table needs_line (
  organisation_id  uuid not null references organisation,
  id               uuid not null,
  plan_id          uuid not null,
  number           int not null check (number > 0),
  category         text not null check (category in ('workstation', 'laptop', 'printer', 'scanner', 'server', 'storage', 'network', 'phone', 'software', 'mail', 'service')),
  description      text not null check (description <> ''),
  kind             text not null check (kind in ('new', 'replacement', 'extension', 'renewal', 'service')),
  purpose          text check (purpose in ('adjustment', 'enlargement', 'innovation')),
  quantity         int not null check (quantity >= 0),
  unit_cents       bigint not null check (unit_cents >= 0),
  total_ex_cents   bigint not null check (total_ex_cents = quantity * unit_cents),
  total_inc_cents  bigint not null check (total_inc_cents >= total_ex_cents),
  price_code       text,
  chapter          text,                                    -- of the budget
  fund             text,
  cup              text check (cup ~ '^[A-Z0-9]{15}$'),
  cpv              text check (cpv ~ '^[0-9]{8}(-[0-9])?$'),
  cui              text check (cui ~ '^[FS][0-9]{11}[0-9]{4}[0-9]{5}$'),
  software_note    text,                                    -- CAD art. 68
  effect_note      text,                                    -- on paper and on what is published
  decision         text check (decision in ('accepted', 'partly', 'refused')),
  decided_quantity int check ((decision is null) = (decided_quantity is null) and decided_quantity between 0 and quantity),
  decision_id      bigint check ((decision is null) = (decision_id is null)),   -- the event that holds the reason
  since_variation  int not null check (since_variation >= 0),
  closed_on        date,
  version          int not null,
  primary key (organisation_id, id),
  unique (organisation_id, plan_id, number),
  foreign key (organisation_id, plan_id) references needs_plan (organisation_id, id)
);

create table needs_request_line (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  request_id      uuid not null,
  position        int not null check (position > 0),
  what            text not null,
  quantity        int check (quantity between 1 and 100000),
  for_whom        text not null,
  why             text not null,
  price_code      text,
  unit_cents      bigint check (unit_cents >= 0),           -- of the price list, when it was saved
  from_id         uuid,                                     -- the line of another year it was taken from
  line_id         uuid,                                     -- the plan line it went into
  primary key (organisation_id, id),
  unique (organisation_id, request_id, position) deferrable initially deferred,
  foreign key (organisation_id, request_id) references needs_request (organisation_id, id),
  foreign key (organisation_id, line_id) references needs_line (organisation_id, id)
);
create index needs_request_line_line on needs_request_line (organisation_id, line_id) where line_id is not null;

-- For whom: how many of a line each office gets.
create table needs_line_office (
  organisation_id uuid not null references organisation,
  line_id         uuid not null,
  office_id       uuid not null,
  quantity        int not null check (quantity > 0),
  primary key (organisation_id, line_id, office_id),
  foreign key (organisation_id, line_id) references needs_line (organisation_id, id),
  foreign key (organisation_id, office_id) references office (organisation_id, id)
);

-- In place of what: an item of the register leaves for one line alone.
create table needs_line_replaces (
  organisation_id uuid not null references organisation,
  line_id         uuid not null,
  item_id         uuid not null,
  primary key (organisation_id, line_id, item_id),
  unique (organisation_id, item_id),
  foreign key (organisation_id, line_id) references needs_line (organisation_id, id),
  foreign key (organisation_id, item_id) references configuration_item (organisation_id, id)
);

-- What was approved, as it was: 0 is the plan, then its variations. Only added to.
create table needs_approval (
  organisation_id uuid not null references organisation,
  plan_id         uuid not null,
  variation       int not null check (variation >= 0),
  act             text not null check (act <> ''),
  approved_at     timestamptz not null,
  event_id        bigint not null,
  total_ex_cents  bigint not null,
  total_inc_cents bigint not null,
  digest          text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (organisation_id, plan_id, variation),
  foreign key (organisation_id, plan_id) references needs_plan (organisation_id, id)
);

create table needs_approved_line (
  organisation_id uuid not null references organisation,
  plan_id         uuid not null,
  variation       int not null,
  line_id         uuid not null,
  number          int not null,
  quantity        int not null check (quantity >= 0),
  unit_cents      bigint not null,
  total_ex_cents  bigint not null,
  total_inc_cents bigint not null,
  primary key (organisation_id, plan_id, variation, line_id),
  foreign key (organisation_id, plan_id, variation) references needs_approval (organisation_id, plan_id, variation),
  foreign key (organisation_id, line_id) references needs_line (organisation_id, id)
);

create table needs_order (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  plan_id         uuid not null,
  number          text not null check (number ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$'),
  supplier_id     uuid not null,
  ordered_on      date not null,
  due_on          date check (due_on >= ordered_on),
  act             text not null check (act <> ''),
  cig             text check (cig ~ '^[A-Z0-9]{10}$'),
  offer           text,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  foreign key (organisation_id, plan_id) references needs_plan (organisation_id, id),
  foreign key (organisation_id, supplier_id) references party (organisation_id, id)
);

create table needs_order_line (
  organisation_id uuid not null references organisation,
  order_id        uuid not null,
  line_id         uuid not null,
  quantity        int not null check (quantity > 0),
  unit_cents      bigint not null check (unit_cents >= 0),
  model           text,
  reference_cents bigint check (reference_cents >= 0),
  primary key (organisation_id, order_id, line_id),
  foreign key (organisation_id, order_id) references needs_order (organisation_id, id),
  foreign key (organisation_id, line_id) references needs_line (organisation_id, id)
);
create index needs_order_line_line on needs_order_line (organisation_id, line_id);

-- A lot, as its delivery note says; verified by the administration, by two where it is worth much.
create table delivery (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  order_id        uuid not null,
  note            text not null check (note <> ''),
  delivered_on    date not null,
  declared_at     timestamptz not null,
  state           text not null check (state in ('declared', 'checking', 'confirming', 'verified')),
  outcome         text check (outcome in ('accepted', 'reserved', 'rejected') and (state = 'verified') = (outcome is not null)),
  sample_seed     text check (sample_seed ~ '^[0-9a-f]{32}$'),
  sample_size     int check ((sample_seed is null) = (sample_size is null)),
  verifier_id     uuid,
  second_id       uuid check (second_id <> verifier_id),
  verified_at     timestamptz check ((state = 'verified') = (verified_at is not null)),
  version         int not null,
  primary key (organisation_id, id),
  unique (organisation_id, order_id, note),
  foreign key (organisation_id, order_id) references needs_order (organisation_id, id),
  foreign key (organisation_id, verifier_id) references person (organisation_id, id),
  foreign key (organisation_id, second_id) references person (organisation_id, id)
);
create index delivery_waiting on delivery (organisation_id, delivered_on) where state <> 'verified';

-- One thing with its serial number, or several without. What a check leaves of `quantity` was not there.
create table delivery_item (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  delivery_id     uuid not null,
  line_id         uuid,                                     -- null: no line of the plan
  office_id       uuid,
  model           text,
  serial          text check (serial <> ''),
  quantity        int not null check (quantity > 0 and (serial is null or quantity = 1)),
  accepted        int not null default 0 check (accepted >= 0),
  reserved        int not null default 0 check (reserved >= 0),
  rejected        int not null default 0 check (rejected >= 0),
  is_checked      boolean not null default false,
  is_settled      boolean not null default false,           -- by the closing of the verification: nobody looked at it
  is_other_model  boolean not null,                         -- than the one ordered
  seen_before     text check (seen_before in ('delivery', 'register')),   -- its serial, when it was declared
  item_id         uuid,                                     -- of the register, once taken in
  check_id        bigint,                                   -- the event that holds the words of the check
  primary key (organisation_id, id),
  unique (organisation_id, delivery_id, serial),
  check (accepted + reserved + rejected <= quantity),
  check (is_checked or accepted + reserved + rejected = 0),
  foreign key (organisation_id, delivery_id) references delivery (organisation_id, id),
  foreign key (organisation_id, line_id) references needs_line (organisation_id, id)
);
-- A million pieces are summed in the order of this index, without touching the table.
create index delivery_item_delivery on delivery_item (organisation_id, delivery_id, line_id, office_id)
  include (quantity, accepted, reserved, rejected, is_other_model, seen_before, serial);
create index delivery_item_serial on delivery_item (organisation_id, upper(serial)) where serial is not null;
create index delivery_item_line on delivery_item (organisation_id, line_id, office_id) include (accepted);

create table needs_invoice (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  order_id        uuid not null,
  number          text not null check (number <> ''),
  dated_on        date not null,
  paid_on         date check (paid_on >= dated_on),
  version         int not null,
  primary key (organisation_id, id),
  unique (organisation_id, order_id, number),
  foreign key (organisation_id, order_id) references needs_order (organisation_id, id)
);

create table needs_invoice_line (
  organisation_id uuid not null references organisation,
  invoice_id      uuid not null,
  line_id         uuid not null,
  quantity        int not null check (quantity > 0),
  cents           bigint not null check (cents >= 0),       -- without VAT
  primary key (organisation_id, invoice_id, line_id),
  foreign key (organisation_id, invoice_id) references needs_invoice (organisation_id, id),
  foreign key (organisation_id, line_id) references needs_line (organisation_id, id)
);
create index needs_invoice_line_line on needs_invoice_line (organisation_id, line_id);

do $$
declare t text;
begin
  foreach t in array array['price_list', 'price_list_item', 'needs_plan', 'needs_request', 'needs_line', 'needs_request_line',
                           'needs_line_office', 'needs_line_replaces', 'needs_approval', 'needs_approved_line', 'needs_order',
                           'needs_order_line', 'delivery', 'delivery_item', 'needs_invoice', 'needs_invoice_line'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy tenant on %I using (organisation_id = nullif(current_setting(''sitec.organisation'', true), '''')::uuid)', t);
    execute format('grant select, insert on %I to sitec_app', t);
  end loop;
end $$;
-- What was approved, ordered, and how many an invoice says is only added to.
grant update on needs_plan, needs_request, needs_line, needs_request_line, needs_line_office, delivery, delivery_item, needs_invoice to sitec_app;
grant delete on needs_request_line, needs_line_office, needs_line_replaces to sitec_app;
