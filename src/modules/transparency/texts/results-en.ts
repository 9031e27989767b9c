/** English of the published results, with the keys of the Italian. */
import type { resultsIt } from './results-it.ts'

export const resultsEn = {
  problems: {
    alreadyPublished: (period: string) =>
      `Quarter ${period} is published already: what is found later is a correction.`,
  },
  index: {
    title: 'Transparency of the ICT services',
    lead: 'What the city’s ICT services cost and how they work, with the data to check it.',
    levels: 'Service levels, quarter by quarter',
    none: 'No quarter is published yet.',
    published: (day: string) => `published on ${day}`,
    report: 'Social report',
    reportLead: 'Commitments and results, year by year.',
    data: 'Open data',
    dataLead: 'All published data, with their dictionary, under CC BY 4.0.',
    catalogue: 'Data catalogue (DCAT-AP_IT, Turtle)',
    catalogueJson: 'Data catalogue (JSON-LD)',
    corrections: 'Corrections',
    noCorrections: 'No correction of published quarters.',
  },
  page: {
    title: (name: string) => `Service levels, ${name}`,
    lead: (met: number, all: number) => `${met} of ${all} indicators on target on agreed values.`,
    leadPenalty: (amount: string) => `Penalties of the quarter: €${amount}.`,
    noPenalty: 'No penalty in the quarter.',
    figures: { met: 'Indicators on target', differing: 'Declared and observed differ', penalties: 'Penalties charged' },
    of: (part: number, all: number) => `${part} of ${all}`,
    at: (day: string) => `Approved on ${day}. Source: SITEC.`,
    values: 'The values, side by side',
    valuesLead:
      'Declared is what the Company says; observed is what SITEC finds in the events; agreed is the value both sides settled on, or that holds by contract.',
    caption: (name: string) => `Indicators, ${name}`,
    columns: {
      indicator: 'Indicator',
      target: 'Target',
      declared: 'Declared',
      observed: 'Observed',
      agreed: 'Agreed',
      proved: 'Proved share',
      open: 'Open past their date',
      outcome: 'Outcome',
      penalty: 'Penalty charged, €',
    },
    chartTitle: 'Declared and observed, indicator by indicator',
    chartAlt: (words: string) => `Column chart. ${words}`,
    chartPoint: (code: string, declared: string, observed: string) =>
      `${code}: declared ${declared}, observed ${observed}`,
    chartTable: 'The same data as a table',
    notThere: 'missing',
    files: 'Download the data',
    filesLead: 'Every figure of this page can be reckoned again from these files.',
    fileNames: {
      figures: 'Indicators (CSV)',
      rows: 'Interventions (CSV)',
      scopes: 'Availability of servers (CSV)',
      json: 'Everything (JSON)',
      dictionary: 'Data dictionary (CSV on the Web)',
      proof: 'Proof of integrity (JSON)',
    },
    size: (size: string) => `(${size})`,
    proof: 'How to prove it',
    proofLead:
      'The digests of the three files are in an event sealed into the chain, whose head is public. With the files and the proof five minutes are enough:',
    integrity: 'Heads of the chain',
    corrections: 'Corrections',
    correctionLine: (code: string, period: string, inPeriod: string, was: string, is: string, delta: string) =>
      `${code}, ${period}: from ${was} to ${is}, adjustment €${delta} in ${inPeriod}`,
    noCorrections: 'No corrections.',
    published: 'Published',
    approved: 'Approved',
    about: 'About this page',
    back: 'Back: all quarters',
    privacyNote: 'The data hold no names and no offices; groups of fewer than five rows are merged.',
    reserved: 'reserved',
  },
  desk: {
    title: 'Publishing service levels',
    lead: (n: number) =>
      n === 0
        ? 'Every approved quarter is published.'
        : n === 1
          ? 'One approved quarter waits to be published.'
          : `${n} approved quarters wait to be published.`,
    waiting: 'To publish',
    done: 'Published',
    preview: 'Preview',
    publish: 'Publish',
    publishPeriod: (name: string) => `Publish ${name}`,
    previewNote: 'Preview: this page is not public yet.',
    changed: 'What changed since the last published quarter',
    changeLine: (code: string, was: string, is: string) => `${code}: agreed from ${was} to ${is}`,
    noChange: 'No agreed value changed.',
    first: 'It is the first quarter to be published.',
  },
  cli: (period: string) => `Published: ${period}.`,
  dictionary: {
    figures: 'Indicators of the quarter: declared, observed, agreed, penalties',
    rows: 'Interventions of the quarter, a row each, without people and without offices',
    scopes: 'Availability of each server: minutes up and minutes watched',
  },
} satisfies typeof resultsIt
