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
  delivery_attempt: {
    organisation_id: string
    id: string
    case_id: string
    at: Generated<string>
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
  idempotency: {
    organisation_id: string
    actor_id: string
    key: string
    operation: string
    digest: Buffer
    result_id: string
    created_at: Generated<string>
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
  migration: {
    name: string
    sha256: string
    applied_at: Generated<string>
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
}
