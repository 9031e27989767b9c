/** The names of attributes, and what may be chosen where there is a choice. Plain values: pages use them too. */

const attributeNames = [
  ...[
    'access_services',
    'agreement',
    'backed_by_contract',
    'capacity_tb',
    'carrier',
    'cloud_class',
    'cores',
    'counterpart',
  ],
  ...[
    'counterpart_kind',
    'dataset_url',
    'dbms',
    'description',
    'disk_gb',
    'expires_on',
    'floor',
    'hostname',
    'interface',
  ],
  ...[
    'ip_address',
    'is_server_room',
    'legal_basis',
    'licence',
    'licence_kind',
    'link_role',
    'mac_address',
    'mbps',
    'network_kind',
  ],
  ...[
    'number',
    'open_data',
    'operating_system',
    'os_support_until',
    'outlet_kind',
    'personal_data',
    'phone_kind',
    'ports',
  ],
  ...[
    'print_kind',
    'processor',
    'product',
    'ram_gb',
    'retention',
    'role',
    'schedule',
    'seats',
    'sign_in',
    'software_version',
  ],
  ...['steward_office', 'surface_sqm', 'technology', 'units', 'update_frequency', 'url', 'is_colour'],
] as const
export type AttributeName = (typeof attributeNames)[number]

export const choices = {
  print_kind: ['laser', 'inkjet', 'multifunction', 'plotter', 'label'],
  network_kind: ['switch', 'router', 'firewall', 'access_point'],
  phone_kind: ['ip', 'mobile', 'analogue', 'sim'],
  licence_kind: ['perpetual', 'subscription', 'open_source'],
  outlet_kind: ['data', 'power', 'both'],
  technology: ['fibre', 'copper', 'radio', 'mobile_network'],
  link_role: ['primary', 'backup'],
  // Regulation (EU) 2016/679, arts. 4(1), 9 and 10.
  personal_data: ['none', 'common', 'special', 'judicial'],
  open_data: ['published', 'planned', 'not_opened', 'not_applicable'],
  update_frequency: ['continuous', 'daily', 'monthly', 'yearly', 'irregular'],
  // The classes of ACN's regulation on cloud services.
  cloud_class: ['ordinary', 'critical', 'strategic'],
  sign_in: ['none', 'spid_cie', 'own_account'],
  counterpart_kind: ['administration', 'social_body', 'private'],
} as const
export type ChoiceName = keyof typeof choices
export type Choice = (typeof choices)[ChoiceName][number]
