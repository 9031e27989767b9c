/** Italian of keeping and erasing. */
export const retentionIt = {
  reason: 'Conservazione: il periodo è finito',
  erased: { given: 'Persona', family: 'cancellata' },
  problems: {
    tooShort: (least: number) => `Il periodo non può essere più breve di ${least} mesi.`,
    openCases: (numbers: string, rest: number) =>
      `Questa persona ha ancora richieste aperte, sue o in carico: ${numbers}${rest > 0 ? ` e altre ${rest}` : ''}. Concludile, ritirale o affidale ad altri, poi ripeti.`,
    unknownEmail: 'Nessuna persona ha questo indirizzo.',
  },
  done: (counts: string, dryRun: boolean) => `${dryRun ? 'Verrebbero cancellati' : 'Cancellati'}: ${counts}`,
  counts: {
    cases: 'richieste svuotate',
    messages: 'messaggi in richieste di altri',
    organisation: 'testi dell’anagrafe e dell’accesso',
  },
}
