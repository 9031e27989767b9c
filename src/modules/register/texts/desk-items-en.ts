import type { deskItemsIt } from './desk-items-it.ts'

/** English of cases on items and of installations. */
export const deskItemsEn = {
  title: 'Items of the case',
  none: 'No item is linked.',
  impact: (lost: number, offices: number) =>
    lost === 0
      ? 'Nothing else stops.'
      : `${lost === 1 ? 'One other item stops' : `${lost} other items stop`}, of ${offices === 1 ? 'one office' : `${offices} offices`}.`,
  mustKnow: 'Who must know',
  why: (why: 'custodian' | 'contact', office: string) =>
    why === 'custodian' ? `custodian${office && `, ${office}`}` : `contact${office && `, ${office}`}`,
  others: (count: number) => `and ${count} more`,
  offices: 'Offices concerned',
  field: 'Link an item',
  fieldHint: 'Code, serial number, inventory number or label.',
  link: 'Link',
  unlink: 'Unlink',
  unlinkLabel: (code: string) => `Unlink ${code}`,
  lead: (number: string) => `Case ${number}`,
  caption: 'Linked items',
  columns: { code: 'Code', name: 'Item', state: 'State', office: 'Office', act: 'Act' },
  people: { name: 'Person', why: 'Why', office: 'Office' },
  whys: { custodian: 'custodian of what stops', contact: 'contact of an office concerned' },
  ofItem: {
    title: 'Cases on this item',
    columns: { number: 'Case', title: 'Title', state: 'State', opened: 'Opened' },
  },
  desk: {
    title: 'Installations of the service desk',
    lead: 'Serial numbers noted in installations that are resolved. To be verified: those the register could not put in use.',
    none: 'No installation.',
    columns: { number: 'Case', serial: 'Serial number', code: 'Item', outcome: 'Outcome', at: 'When' },
    outcomes: {
      installed: 'Put in use',
      already: 'Was in use already',
      unknown: 'To be verified: serial not in the register',
      wrong_state: 'To be verified: its state does not allow it',
    },
    document: (number: string) => `Case ${number}`,
  },
} satisfies typeof deskItemsIt
