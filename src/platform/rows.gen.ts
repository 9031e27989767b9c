// Generated from the catalogue by scripts/generate-rows.ts: do not edit; run npm run generate.

import type { ColumnType, Generated, GeneratedAlways } from 'kysely'

export type Rows = {
  account: {
    organisation_id: string
    id: string
    person_id: string
    email: string
    password_hash: string
    totp_secret: Generated<Buffer | null>
    totp_confirmed_at: Generated<string | null>
    totp_last_step: Generated<number | null>
    language: Generated<string>
    has_shortcuts: Generated<boolean>
    disabled_at: Generated<string | null>
  }
  api_key: {
    organisation_id: string
    id: string
    person_id: string
    name: string
    token_hash: Buffer
    scopes: string[]
    created_at: Generated<string>
    expires_at: string
    revoked_at: Generated<string | null>
  }
  application: {
    organisation_id: string
    id: string
    code: string
    name: string
    area: string
    steward_id: Generated<string | null>
    begins_on: string
    ends_on: Generated<string | null>
    version: number
  }
  article: {
    organisation_id: string
    id: string
    title: string
    body: string
    keywords: Generated<string>
    kinds: Generated<string[]>
    audience: string
    state: string
    owner_id: string
    review_on: string
    published_at: Generated<string | null>
    helped: Generated<number>
    search: string
    version: number
    updated_at: string
  }
  article_rating: {
    organisation_id: string
    article_id: string
    person_id: string
    is_useful: boolean
  }
  asset: {
    organisation_id: string
    item_id: string
    tag: Generated<string | null>
    serial: Generated<string | null>
    maker: Generated<string>
    model: Generated<string>
    custodian_id: Generated<string | null>
    room: Generated<string>
    cost_cents: Generated<number | null>
    purchased_on: Generated<string | null>
    warranty_until: Generated<string | null>
    funding: Generated<string>
    loan_until: Generated<string | null>
    write_off_on: Generated<string | null>
    write_off_document: Generated<string | null>
    is_disposed: Generated<boolean>
  }
  barrier_report: {
    organisation_id: string
    case_id: string
    number: string
    address: string
    language: string
    due_on: string
  }
  calendar: {
    organisation_id: string
    id: string
    name: string
    is_default: Generated<boolean>
  }
  calendar_version: {
    organisation_id: string
    id: string
    calendar_id: string
    validity: string
    known_from: Generated<string>
    rules: ColumnType<unknown, string, string>
  }
  call_record: {
    organisation_id: string
    source: string
    witness: string
    key: string
    started_at: string
    outcome: string
    waited_s: number
    answered_at: Generated<string | null>
    ended_at: Generated<string | null>
    import_id: string
  }
  campaign_item: {
    organisation_id: string
    campaign_id: string
    item_id: string
    office_id: Generated<string | null>
    site_id: Generated<string | null>
    room: Generated<string>
    to_verify: Generated<boolean>
  }
  campaign_reading: {
    organisation_id: string
    campaign_id: string
    id: string
    mark: string
    item_id: Generated<string | null>
    site_id: Generated<string | null>
    room: Generated<string>
    read_at: string
  }
  case_attachment: {
    organisation_id: string
    id: string
    case_id: string
    event_id: number
    sha256: string
    name: string
    visibility: string
  }
  case_escalation: {
    organisation_id: string
    id: string
    case_id: string
    metric: string
    cycle: number
    level: number
    audience: string
    reached_at: string
    tell_at: string
  }
  case_evidence: {
    organisation_id: string
    case_id: string
    number: number
    opened_kind: string
    severity: string
    requester_id: string
    office_id: Generated<string | null>
    is_reserved: boolean
    is_repeated: boolean
    is_duplicate: boolean
    is_typed_later: boolean
    first_team_id: Generated<string | null>
    start_ms: number
    start_witness: string
    taken_ms: Generated<number | null>
    taken_witness: Generated<string | null>
    taken_event: Generated<number | null>
    activity_ms: Generated<number | null>
    first_promise_given_ms: Generated<number | null>
    first_promise_due_ms: Generated<number | null>
    is_first_promise_imported: Generated<boolean | null>
    last_promise_given_ms: Generated<number | null>
    last_promise_due_ms: Generated<number | null>
    is_last_promise_imported: Generated<boolean | null>
    promised_times: number
    delivered_ms: Generated<number | null>
    delivered_witness: Generated<string | null>
    received_ms: Generated<number | null>
    received_witness: Generated<string | null>
    received_event: Generated<number | null>
    resolved_ms: Generated<number | null>
    resolved_witness: Generated<string | null>
    resolved_event: Generated<number | null>
    confirmed_ms: Generated<number | null>
    confirmed_witness: Generated<string | null>
    reopened_times: number
    cancelled_ms: Generated<number | null>
    lived_until_ms: number
  }
  case_item: {
    organisation_id: string
    case_id: string
    item_id: string
    linked_at: Generated<string>
  }
  case_link: {
    organisation_id: string
    id: string
    case_id: string
    other_id: string
    relation: string
    linked_at: string
  }
  citizen: {
    organisation_id: string
    id: string
    email: string
    password_hash: string
  }
  citizen_mail: {
    organisation_id: string
    id: string
    notice: string
    address: string
    language: string
    registration_id: Generated<string | null>
    number: Generated<string | null>
    case_id: Generated<string | null>
    due_on: Generated<string | null>
    attempts: Generated<number>
    next_attempt_at: Generated<string>
    created_at: Generated<string>
  }
  citizen_registration: {
    organisation_id: string
    id: string
    email: string
    password_hash: string
    return_to: string
    token_hash: Generated<Buffer | null>
    token_expires_at: Generated<string | null>
    created_at: Generated<string>
  }
  citizen_session: {
    organisation_id: string
    token_hash: Buffer
    citizen_id: string
    seen_at: Generated<string>
    expires_at: string
  }
  clarity_answer: {
    organisation_id: string
    id: string
    page: string
    stars: number
    aspect: Generated<number | null>
    day: string
    event_id: Generated<number | null>
    has_text: Generated<boolean>
  }
  clock_check: {
    organisation_id: string
    id: string
    at: Generated<string>
    checked: number
    differing: number
    calendar_known: Generated<string | null>
  }
  configuration_item: {
    organisation_id: string
    id: string
    code: string
    type: string
    name: string
    state: string
    title: string
    office_id: Generated<string | null>
    site_id: Generated<string | null>
    attributes: ColumnType<unknown, string | undefined, string>
    taken_over_on: Generated<string | null>
    acquisition_id: Generated<string | null>
    search: Generated<string>
    version: number
    created_at: Generated<string>
  }
  consumable_item: {
    organisation_id: string
    id: string
    code: string
    name: string
    printer_model: Generated<string>
    is_active: Generated<boolean>
  }
  contest: {
    organisation_id: string
    id: string
    contract_id: string
    period: string
    indicator: string
    service: string
    scope: Generated<string>
    raised_by: string
    reason: string
    evidence: Generated<string>
    state: string
    due_on: string
    agreed: ColumnType<unknown, string | undefined, string>
    raised_at: Generated<string>
    settled_at: Generated<string | null>
    version: Generated<number>
  }
  contest_case: {
    organisation_id: string
    contest_id: string
    case_id: string
  }
  contract: {
    organisation_id: string
    id: string
    title: string
    source: string
    begins_on: string
    ends_on: Generated<string | null>
  }
  contract_report: {
    organisation_id: string
    id: string
    contract_id: string
    period: string
    received_on: string
    protocol: string
    is_complete: boolean
  }
  contract_version: {
    organisation_id: string
    id: string
    contract_id: string
    subject: string
    effective_from: string
    known_from: string
    act: string
    content: ColumnType<unknown, string, string>
  }
  decision_link: {
    organisation_id: string
    id: string
    token_hash: Buffer
    person_id: string
    mail_id: string
    created_at: Generated<string>
    expires_at: string
    used_at: Generated<string | null>
  }
  decision_link_item: {
    organisation_id: string
    link_id: string
    decision_id: string
  }
  declaration: {
    organisation_id: string
    id: string
    contract_id: string
    period: string
    indicator: string
    service: string
    scope: Generated<string>
    number: Generated<number>
    in_time: Generated<number | null>
    total: Generated<number | null>
    days: Generated<number | null>
    hundredths: Generated<number | null>
    unit: string
    source: string
    declared_at: Generated<string>
  }
  declared_case: {
    organisation_id: string
    id: string
    contract_id: string
    period: string
    indicator: string
    case_id: string
    is_in_time: boolean
    started_at: Generated<string | null>
    done_at: Generated<string | null>
  }
  declared_outage: {
    organisation_id: string
    id: string
    scope_id: string
    from_at: string
    until_at: string
    reason: string
    is_excluded: boolean
    import_id: string
  }
  delivery: {
    organisation_id: string
    id: string
    order_id: string
    note: string
    delivered_on: string
    declared_at: string
    state: string
    outcome: Generated<string | null>
    sample_seed: Generated<string | null>
    sample_size: Generated<number | null>
    verifier_id: Generated<string | null>
    second_id: Generated<string | null>
    verified_at: Generated<string | null>
    version: number
  }
  delivery_answer: {
    organisation_id: string
    delivery_id: string
    office_id: string
    line_id: string
    answer: string
    answered_at: string
    event_id: number
    version: number
  }
  delivery_attempt: {
    organisation_id: string
    id: string
    case_id: string
    at: Generated<string>
  }
  delivery_item: {
    organisation_id: string
    id: string
    delivery_id: string
    line_id: Generated<string | null>
    office_id: Generated<string | null>
    model: Generated<string | null>
    serial: Generated<string | null>
    quantity: number
    accepted: Generated<number>
    reserved: Generated<number>
    rejected: Generated<number>
    is_checked: Generated<boolean>
    is_settled: Generated<boolean>
    is_other_model: boolean
    seen_before: Generated<string | null>
    item_id: Generated<string | null>
    check_id: Generated<number | null>
  }
  delivery_link: {
    organisation_id: string
    id: string
    token_hash: Buffer
    delivery_id: string
    person_id: string
    mail_id: string
    expires_at: string
    used_at: Generated<string | null>
    used_answer: Generated<string | null>
  }
  delivery_photo: {
    organisation_id: string
    id: string
    delivery_id: string
    event_id: number
    sha256: string
    media_type: string
  }
  desk_agreement_version: {
    organisation_id: string
    id: string
    number: number
    effective_from: string
    known_from: Generated<string>
    terms: ColumnType<unknown, string, string>
  }
  desk_case: {
    organisation_id: string
    id: string
    number: number
    kind: string
    state: string
    severity: string
    title: string
    search: string
    requester_id: string
    office_id: Generated<string | null>
    place: Generated<string>
    channel: string
    team_id: Generated<string | null>
    holder_id: Generated<string | null>
    waiting_for: Generated<string | null>
    closed_how: Generated<string | null>
    opened_at: string
    taken_at: Generated<string | null>
    resolved_at: Generated<string | null>
    closes_at: Generated<string | null>
    closed_at: Generated<string | null>
    reopened_times: Generated<number>
    version: number
    updated_at: string
    updated_by: Generated<string | null>
    opened_kind: string
    proposed_kind: Generated<string | null>
    reserved: Generated<string | null>
    agreement_id: Generated<string | null>
    about: Generated<string>
    details: ColumnType<unknown, string | undefined, string>
    deliveries: ColumnType<unknown, string | undefined, string>
    person_days: Generated<string | null>
    repeats_id: Generated<string | null>
    duplicate_of: Generated<string | null>
    promised_at: Generated<string | null>
    first_promised_at: Generated<string | null>
    promised_times: Generated<number>
    timeline: ColumnType<unknown, string | undefined, string>
    clocks: ColumnType<unknown, string | undefined, string>
    next_due_at: Generated<string | null>
    next_due_metric: Generated<string | null>
    next_escalation_at: Generated<string | null>
  }
  desk_installation: {
    organisation_id: string
    event_id: number
    serial: string
    case_id: string
    item_id: Generated<string | null>
    outcome: string
    noted_at: Generated<string>
  }
  desk_watermark: {
    organisation_id: string
    event_id: number
  }
  directory_item: {
    organisation_id: string
    source: string
    item_id: string
    name: string
    last_seen_at: string
    last_logon_at: Generated<string | null>
  }
  estate_figure: {
    organisation_id: string
    id: string
    definition: string
    as_of: string
    source: string
    quantity: number
    unit: string
    recorded_at: Generated<string>
  }
  event: {
    organisation_id: string
    id: GeneratedAlways<number>
    subject_type: string
    subject_id: string
    kind: string
    version: Generated<number>
    witness: string
    actor_id: Generated<string | null>
    party_id: Generated<string | null>
    door: string
    occurred_at: string
    recorded_at: Generated<string>
    payload: ColumnType<unknown, string | undefined, string>
    text_digest: Generated<Buffer | null>
  }
  event_text: {
    organisation_id: string
    event_id: number
    content: Generated<string | null>
    salt: Generated<Buffer | null>
    retention: string
    erased_at: Generated<string | null>
    erased_reason: Generated<string | null>
  }
  event_unsealed: {
    event_id: number
  }
  exclusion: {
    organisation_id: string
    id: string
    contract_id: string
    period: string
    indicator: string
    case_id: Generated<string | null>
    reason: string
    clause: Generated<string>
    document: string
    asked_by: string
    notice_at: Generated<string | null>
    state: string
    asked_at: Generated<string>
    decided_at: Generated<string | null>
    version: Generated<number>
  }
  external_case: {
    organisation_id: string
    id: string
    case_id: string
    system: string
    reference: string
    since: Generated<string>
  }
  external_step: {
    organisation_id: string
    id: string
    case_id: string
    system: string
    key: string
    step: string
    occurred_at: string
    recorded_at: Generated<string>
    digest: Buffer
    outcome: string
    finding: Generated<string | null>
  }
  file: {
    organisation_id: string
    sha256: string
    bytes: number
    media_type: string
    created_at: Generated<string>
  }
  guideline: {
    organisation_id: string
    id: string
    line_id: string
    number: number
    title: string
  }
  handover: {
    organisation_id: string
    id: string
    year: number
    number: number
    act: string
    happened_on: string
    party_id: Generated<string | null>
    giver_id: Generated<string | null>
    receiver_id: Generated<string | null>
    office_id: Generated<string | null>
    site_id: Generated<string | null>
    room: Generated<string>
    answer: Generated<string | null>
    answered_at: Generated<string | null>
    made_at: Generated<string>
  }
  handover_item: {
    organisation_id: string
    handover_id: string
    item_id: string
    is_back: boolean
    is_over: Generated<boolean>
  }
  handover_number: {
    organisation_id: string
    year: number
    last: number
  }
  idempotency: {
    organisation_id: string
    actor_id: string
    key: string
    operation: string
    digest: Buffer
    result_id: string
    created_at: Generated<string>
  }
  inventory_campaign: {
    organisation_id: string
    id: string
    name: string
    planned_on: string
    scope: ColumnType<unknown, string | undefined, string>
    opened_at: Generated<string>
    closed_at: Generated<string | null>
  }
  item_number: {
    organisation_id: string
    prefix: string
    last: number
  }
  item_relation: {
    organisation_id: string
    id: string
    kind: string
    from_id: string
    to_id: string
    provider_id: GeneratedAlways<string | null>
    dependent_id: GeneratedAlways<string | null>
    redundancy_group: Generated<string | null>
    needed: Generated<number | null>
  }
  mail_census: {
    organisation_id: string
    id: string
    source: string
    server_id: Generated<string | null>
    with_personal: boolean
    assessment: Generated<string | null>
    agreement: Generated<string | null>
    state: string
    seen: Generated<number>
    added: Generated<number>
    changed: Generated<number>
    gone: Generated<number>
    trouble: Generated<string | null>
    begun_at: string
    ended_at: Generated<string | null>
    asked: Generated<number>
    failed: Generated<number>
    left_out: Generated<number>
    is_complete: Generated<boolean>
    stop_asked_at: Generated<string | null>
  }
  mail_census_account: {
    organisation_id: string
    census_id: string
    address: string
    login: string
    kind: string
    secret: Generated<Buffer | null>
    state: string
    trouble: Generated<string | null>
  }
  mail_channel: {
    organisation_id: string
    id: string
    name: string
    address: string
    host: string
    port: number
    security: string
    username: string
    password: Buffer
    folder: string
    done_folder: Generated<string>
    kind: string
    is_active: Generated<boolean>
    uidvalidity: Generated<number | null>
    last_uid: Generated<number>
    last_checked_at: Generated<string | null>
    last_seen_at: Generated<string | null>
    last_error: Generated<string | null>
    last_error_at: Generated<string | null>
    version: Generated<number>
  }
  mail_copy: {
    organisation_id: string
    id: string
    source_host: string
    source_port: number
    source_user: string
    target_host: string
    target_port: number
    target_user: string
    begun_at: Generated<string>
  }
  mail_copy_choice: {
    organisation_id: string
    folder_id: string
    source_uidvalidity: number
    source_uid: number
    choice: string
    event_id: number
    kept_sha256: Generated<string | null>
  }
  mail_copy_folder: {
    organisation_id: string
    id: string
    copy_id: string
    source_path: string
    target_path: string
    target_uidvalidity: Generated<number | null>
    source_standing: ColumnType<unknown, string | undefined, string>
    target_standing: ColumnType<unknown, string | undefined, string>
    target_label: Generated<string | null>
  }
  mail_copy_item: {
    organisation_id: string
    folder_id: string
    source_uidvalidity: number
    source_uid: number
    size: number
    received_at: Generated<string | null>
    flags: string
    sha256: Generated<Buffer | null>
    state: string
    sent_after: Generated<number | null>
    times_sent: Generated<number>
    target_uid: Generated<number | null>
    target_sha256: Generated<Buffer | null>
    level: Generated<number | null>
    reason: Generated<string | null>
    is_gone: Generated<boolean>
    target_id: Generated<string | null>
    is_late: Generated<boolean>
  }
  mail_copy_number: {
    organisation_id: string
    copy_id: string
    gmail_id: string
    number: number
    is_ours: boolean
  }
  mail_link: {
    organisation_id: string
    id: string
    token_hash: Buffer
    purpose: string
    case_id: string
    person_id: string
    event_id: number
    mail_id: Generated<string | null>
    created_at: Generated<string>
    expires_at: string
    used_at: Generated<string | null>
    used_act: Generated<string | null>
  }
  mail_message: {
    organisation_id: string
    id: string
    channel_id: Generated<string | null>
    uidvalidity: Generated<number | null>
    uid: Generated<number | null>
    sha256: string
    file_sha256: Generated<string | null>
    bytes: number
    message_id: Generated<string>
    likeness: Generated<Buffer | null>
    kind: string
    received_at: Generated<string>
    state: Generated<string>
    outcome: Generated<string | null>
    reason: Generated<string | null>
    case_id: Generated<string | null>
    follows_case_id: Generated<string | null>
    event_id: Generated<number | null>
    attempts: Generated<number>
    decided_at: Generated<string | null>
    version: Generated<number>
  }
  mail_server: {
    organisation_id: string
    id: string
    name: string
    kind: string
    host: string
    port: number
    is_encrypted: boolean
    sign_in: string
    sign_in_user: Generated<string | null>
    secret: Generated<Buffer | null>
    daily_bytes: Generated<number | null>
    most_message_bytes: Generated<number | null>
    most_connections: number
    version: number
    written_by: Generated<string>
    api: Generated<string | null>
    units_per_minute: Generated<number | null>
  }
  mailbox: {
    organisation_id: string
    id: string
    address: string
    name: Generated<string>
    kind: string
    office_id: Generated<string | null>
    holder_id: Generated<string | null>
    register_code: Generated<string | null>
    published_at: Generated<string | null>
    server_id: Generated<string | null>
    login: Generated<string | null>
    size_bytes: Generated<number | null>
    message_count: Generated<number | null>
    quota_bytes: Generated<number | null>
    last_received_on: Generated<string | null>
    last_read_on: Generated<string | null>
    last_sent_on: Generated<string | null>
    activity: Generated<string | null>
    source: string
    seen_at: string
    gone_since: Generated<string | null>
    version: number
    unread_count: Generated<number | null>
  }
  mailbox_alias: {
    organisation_id: string
    mailbox_id: string
    address: string
    until: Generated<string | null>
  }
  mailbox_decision: {
    organisation_id: string
    id: string
    mailbox_id: string
    mailbox_kind: string
    kind: string
    new_address: Generated<string | null>
    alias_until: Generated<string | null>
    into_id: Generated<string | null>
    folder_prefix: Generated<string | null>
    keeps_doubles: Generated<boolean | null>
    held_until: Generated<string | null>
    kept_until: Generated<string | null>
    state: string
    supersedes_id: Generated<string | null>
    proposed_at: string
    proposed_by: string
    confirmed_at: Generated<string | null>
    approved_at: Generated<string | null>
    approved_by: Generated<string | null>
    version: number
    answer_by: string
    answer_address: Generated<string | null>
    confirmed_by: Generated<string | null>
  }
  mailbox_delegate: {
    organisation_id: string
    mailbox_id: string
    address: string
  }
  mailbox_finding_aside: {
    organisation_id: string
    mailbox_id: string
    finding: string
    about: Generated<string>
    event_id: number
  }
  mailbox_forward: {
    organisation_id: string
    mailbox_id: string
    address: string
    keeps_copy: boolean
  }
  mailbox_overlap: {
    organisation_id: string
    one_id: string
    other_id: string
    shared: number
    compared: number
  }
  mailbox_rules: {
    organisation_id: string
    number: number
    content: ColumnType<unknown, string, string>
    adopted_at: string
  }
  mailbox_setting: {
    organisation_id: string
    silence_days: number
    licence_cents: Generated<number | null>
    licence_source: Generated<string | null>
    version: number
  }
  mailbox_sketch: {
    organisation_id: string
    mailbox_id: string
    kind: string
    messages: number
    sketch: Buffer
    made_at: string
  }
  migration: {
    name: string
    sha256: string
    applied_at: Generated<string>
  }
  migration_wave: {
    organisation_id: string
    id: string
    number: number
    name: string
    is_pilot: boolean
    from_server_id: string
    to_server_id: string
    carried_out_by: string
    third_party: Generated<string | null>
    state: string
    most_at_once: number
    cut_over_at: Generated<string | null>
    support_until: Generated<string | null>
    version: number
    closing_at: Generated<string | null>
  }
  monitored_scope: {
    organisation_id: string
    id: string
    code: string
    name: string
    kind: string
    hosts_web: boolean
    hours: string
    interval_s: number
    begins_on: string
    ends_on: Generated<string | null>
    version: number
  }
  needs_approval: {
    organisation_id: string
    plan_id: string
    variation: number
    act: string
    approved_at: string
    event_id: number
    total_ex_cents: number
    total_inc_cents: number
    digest: string
  }
  needs_approved_line: {
    organisation_id: string
    plan_id: string
    variation: number
    line_id: string
    number: number
    quantity: number
    unit_cents: number
    total_ex_cents: number
    total_inc_cents: number
  }
  needs_invoice: {
    organisation_id: string
    id: string
    order_id: string
    number: string
    dated_on: string
    paid_on: Generated<string | null>
    version: number
  }
  needs_invoice_line: {
    organisation_id: string
    invoice_id: string
    line_id: string
    quantity: number
    cents: number
  }
  needs_line: {
    organisation_id: string
    id: string
    plan_id: string
    number: number
    category: string
    description: string
    kind: string
    purpose: Generated<string | null>
    quantity: number
    unit_cents: number
    total_ex_cents: number
    total_inc_cents: number
    price_code: Generated<string | null>
    chapter: Generated<string | null>
    fund: Generated<string | null>
    cup: Generated<string | null>
    cpv: Generated<string | null>
    cui: Generated<string | null>
    software_note: Generated<string | null>
    effect_note: Generated<string | null>
    decision: Generated<string | null>
    decided_quantity: Generated<number | null>
    decision_id: Generated<number | null>
    since_variation: number
    closed_on: Generated<string | null>
    version: number
  }
  needs_line_office: {
    organisation_id: string
    line_id: string
    office_id: string
    quantity: number
  }
  needs_line_replaces: {
    organisation_id: string
    line_id: string
    item_id: string
  }
  needs_order: {
    organisation_id: string
    id: string
    plan_id: string
    number: string
    supplier_id: string
    ordered_on: string
    due_on: Generated<string | null>
    act: string
    cig: Generated<string | null>
    offer: Generated<string | null>
  }
  needs_order_line: {
    organisation_id: string
    order_id: string
    line_id: string
    quantity: number
    unit_cents: number
    model: Generated<string | null>
    reference_cents: Generated<number | null>
  }
  needs_plan: {
    organisation_id: string
    id: string
    year: number
    state: string
    closes_on: Generated<string | null>
    vat_per_mille: number
    two_person_cents: number
    verify_days: number
    variation: number
    version: number
  }
  needs_publication: {
    organisation_id: string
    id: string
    year: number
    number: number
    published_at: string
    event_id: number
    content: ColumnType<unknown, string, string>
    csv: string
    sha256: string
  }
  needs_request: {
    organisation_id: string
    id: string
    plan_id: string
    office_id: string
    state: string
    saved_at: string
    sent_at: Generated<string | null>
    version: number
  }
  needs_request_line: {
    organisation_id: string
    id: string
    request_id: string
    position: number
    what: string
    quantity: Generated<number | null>
    for_whom: string
    why: string
    price_code: Generated<string | null>
    unit_cents: Generated<number | null>
    from_id: Generated<string | null>
    line_id: Generated<string | null>
  }
  office: {
    organisation_id: string
    id: string
    parent_id: Generated<string | null>
    kind: string
    code: string
    ipa_code: Generated<string | null>
    name: string
    site_id: Generated<string | null>
    closed_on: Generated<string | null>
    version: Generated<number>
  }
  operations_import: {
    organisation_id: string
    id: string
    what: string
    made_at: Generated<string>
    by_party: string
    sha256: string
    lines: number
    added: number
    known: number
    digest: string
  }
  organisation: {
    id: string
    name: string
    ipa_code: Generated<string | null>
    zone: Generated<string>
    is_demo: Generated<boolean>
    created_at: Generated<string>
  }
  outage: {
    organisation_id: string
    id: string
    title: string
    body: string
    words: Generated<string>
    kinds: Generated<string[]>
    team_id: string
    state: string
    started_at: string
    expected_at: Generated<string | null>
    ended_at: Generated<string | null>
    search: string
    version: number
    updated_at: string
  }
  outage_case: {
    organisation_id: string
    outage_id: string
    case_id: string
    joined_at: string
    joined_how: string
    settled_at: Generated<string | null>
  }
  outage_place: {
    organisation_id: string
    outage_id: string
    office_id: Generated<string | null>
    site_id: Generated<string | null>
    place_id: GeneratedAlways<string>
  }
  outgoing_mail: {
    organisation_id: string
    id: string
    notice: string
    case_id: Generated<string | null>
    event_id: Generated<number | null>
    day: Generated<string | null>
    seal_number: Generated<number | null>
    person_id: string
    state: Generated<string>
    attempts: Generated<number>
    next_attempt_at: Generated<string>
    message_id: Generated<string | null>
    trouble: Generated<string | null>
    last_error: Generated<string | null>
    created_at: Generated<string>
    released_at: Generated<string | null>
    sent_at: Generated<string | null>
    subject_id: Generated<string | null>
  }
  page_rater: {
    organisation_id: string
    page: string
    version: number
    rater: Buffer
    rating_id: Generated<string | null>
    sever_on: Generated<string | null>
    forget_on: string
  }
  page_rating: {
    organisation_id: string
    id: string
    page: string
    version: number
    answer: number
    day: string
    event_id: Generated<number | null>
    has_text: Generated<boolean>
  }
  party: {
    organisation_id: string
    id: string
    kind: string
    name: string
  }
  penalty: {
    organisation_id: string
    id: string
    contract_id: string
    period: string
    indicator: string
    service: string
    scope: Generated<string>
    nature: string
    basis: string
    level: number
    rate: number
    proposed_cents: number
    decided_cents: Generated<number | null>
    state: string
    document: Generated<string>
    proposed_on: string
    due_on: Generated<string | null>
    countered_on: Generated<string | null>
    decided_on: Generated<string | null>
    version: Generated<number>
  }
  penalty_adjustment: {
    organisation_id: string
    id: string
    penalty_id: string
    because_of: string
    level: number
    rate: number
    cents: number
    made_at: Generated<string>
  }
  period_approval: {
    organisation_id: string
    id: string
    contract_id: string
    period: string
    approved_at: string
    event_id: number
    sha256: string
    result: ColumnType<unknown, string, string>
    rows: string
  }
  period_correction: {
    organisation_id: string
    id: string
    contract_id: string
    period: string
    in_period: string
    indicator: string
    service: string
    scope: Generated<string>
    before: ColumnType<unknown, string, string>
    after: ColumnType<unknown, string, string>
    delta_cents: number
    reason: string
    made_at: Generated<string>
  }
  person: {
    organisation_id: string
    id: string
    party_id: string
    office_id: Generated<string | null>
    given_name: string
    family_name: string
    email: string
    phone: Generated<string>
    site_id: Generated<string | null>
    room: Generated<string>
    left_on: Generated<string | null>
    version: Generated<number>
    search_name: GeneratedAlways<string | null>
    erased_at: Generated<string | null>
  }
  person_day_entry: {
    organisation_id: string
    id: string
    area: string
    application_id: Generated<string | null>
    case_id: Generated<string | null>
    case_number: Generated<string | null>
    reference: Generated<string | null>
    day: string
    tenths: number
    state: string
    corrects_id: Generated<string | null>
    event_id: number
    decision_id: Generated<number | null>
    version: number
  }
  person_day_quota: {
    organisation_id: string
    id: string
    year: number
    area: string
    tenths: number
    most_tenths: number
    act: string
    known_from: string
  }
  person_role: {
    organisation_id: string
    person_id: string
    role: string
  }
  plan_approval: {
    organisation_id: string
    id: string
    contract_id: string
    year: number
    approved_on: string
    document: string
  }
  planned_interruption: {
    organisation_id: string
    id: string
    scope_id: string
    kind: string
    from_at: string
    until_at: string
    reason: string
    state: string
    proposed_at: string
    decided_at: Generated<string | null>
    noticed_at: Generated<string | null>
    version: number
  }
  price_list: {
    organisation_id: string
    id: string
    name: string
    effective_from: string
    act: string
  }
  price_list_item: {
    organisation_id: string
    list_id: string
    code: string
    category: string
    description: string
    unit_cents: number
    reference_cents: Generated<number | null>
    reference: Generated<string | null>
  }
  priority: {
    organisation_id: string
    id: string
    guideline_id: string
    title: string
    description: Generated<string>
    state: string
    reason: Generated<string>
    decided_on: Generated<string | null>
    version: number
    updated_at: string
  }
  probe: {
    organisation_id: string
    id: string
    code: string
    name: string
    network: string
    run_by: string
  }
  probe_day: {
    organisation_id: string
    scope_id: string
    probe_id: string
    day: string
    import_id: string
    part: number
    witness: string
    at_ms: number[]
    failed_ms: number[]
    took_ms: Generated<number[] | null>
    longest_gap_ms: number
  }
  public_form_use: {
    digest: Buffer
    day: string
    n: number
  }
  publication_settings: {
    organisation_id: string
    version: number
    declaration_url: string
    dpo: string
    office: string
    barrier_person_id: Generated<string | null>
    changed_at: Generated<string>
  }
  reconciliation: {
    organisation_id: string
    id: string
    made_at: Generated<string>
    system: string
    sha256: string
    result: ColumnType<unknown, string, string>
  }
  reply_template: {
    organisation_id: string
    id: string
    title: string
    body: string
    kinds: Generated<string[]>
    team_id: Generated<string | null>
    is_retired: Generated<boolean>
    version: number
    updated_at: string
  }
  report_edition: {
    organisation_id: string
    id: string
    year: number
    title: string
    summary: Generated<string>
    office: string
    state: string
    content: Generated<string | null>
    digest: Generated<string | null>
    change_note: Generated<string>
    return_reason: Generated<string>
    submitted_by: Generated<string | null>
    last_number: Generated<number>
    version: number
    updated_at: string
  }
  report_edition_version: {
    organisation_id: string
    edition_id: string
    number: number
    content: string
    digest: string
    change_note: Generated<string>
    published_at: string
  }
  report_objective: {
    organisation_id: string
    id: string
    section_id: string
    number: number
    title: string
    lead: Generated<string>
    priority_id: Generated<string | null>
    blocks: ColumnType<unknown, string | undefined, string>
    version: number
    updated_at: string
  }
  report_section: {
    organisation_id: string
    id: string
    edition_id: string
    code: string
    title: string
    intro: Generated<string>
    position: number
  }
  report_series_value: {
    organisation_id: string
    figure: string
    year: number
    source: string
    value: string
    unit: string
    imported_at: string
  }
  result_publication: {
    organisation_id: string
    id: string
    period: string
    published_at: string
    event_id: number
    approval_event: number
    figures: string
    figures_sha256: string
    rows: string
    rows_sha256: string
    scopes: string
    scopes_sha256: string
  }
  retention_period: {
    organisation_id: string
    rule: string
    months: number
  }
  saved_view: {
    organisation_id: string
    id: string
    owner_id: string
    team_id: Generated<string | null>
    name: string
    filter: ColumnType<unknown, string, string>
    version: number
  }
  seal: {
    number: number
    sealed_at: Generated<string>
    event_ids: number[]
    leaves: Buffer
    head: Buffer
  }
  session: {
    organisation_id: string
    token_hash: Buffer
    account_id: string
    created_at: Generated<string>
    seen_at: Generated<string>
    expires_at: string
    awaits_totp: Generated<boolean>
  }
  sign_in_attempt: {
    subject: Buffer
    at: Generated<string>
  }
  site: {
    organisation_id: string
    id: string
    code: string
    name: string
    address: Generated<string>
    version: Generated<number>
  }
  strategic_line: {
    organisation_id: string
    id: string
    number: number
    title: string
  }
  suppressed_address: {
    organisation_id: string
    email: string
    reason: string
    since: Generated<string>
  }
  team: {
    organisation_id: string
    id: string
    party_id: string
    name: string
    tier: number
    version: Generated<number>
  }
  team_member: {
    organisation_id: string
    team_id: string
    person_id: string
  }
  wave_case: {
    organisation_id: string
    wave_id: string
    case_id: string
    mailbox_id: Generated<string | null>
  }
  wave_check: {
    organisation_id: string
    wave_id: string
    code: string
    state: string
    event_id: Generated<number | null>
  }
  wave_log_line: {
    organisation_id: string
    wave_id: string
    mailbox_id: string
    folder: string
    source_uid: number
    size: Generated<number | null>
    sha256: Generated<Buffer | null>
    target_uid: Generated<number | null>
    result: string
  }
  wave_mailbox: {
    organisation_id: string
    wave_id: string
    mailbox_id: string
    decision_id: string
    state: string
    is_held: Generated<boolean>
    waits_for: Generated<string | null>
    source_login: string
    target_login: string
    copy_id: Generated<string | null>
    preflight: ColumnType<unknown, string | undefined, string>
    preflight_at: Generated<string | null>
    messages: Generated<number>
    bytes: Generated<number>
    done_messages: Generated<number>
    done_bytes: Generated<number>
    set_aside: Generated<number>
    speed: Generated<string | null>
    progressed_at: Generated<string | null>
    proof_sha256: Generated<Buffer | null>
    proof_file: Generated<string | null>
    version: number
    under_folder: Generated<string>
    back_copy_id: Generated<string | null>
    late_messages: Generated<number>
    late_missing: Generated<number>
    late_at: Generated<string | null>
  }
}
