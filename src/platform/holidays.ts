/**
 * The days on which Italian public offices are closed by national law.
 *
 * The list is law, not a feed: art. 1 and 2 of L. 260/1949, shortened by L. 54/1977, Epiphany given back by
 * D.P.R. 792/1985, 2 June by L. 336/2000, 4 October by L. 151/2025. The patron's day is local and belongs to the
 * calendar of the office; a day proclaimed for one year only (17 March 2011) is entered there as an exception.
 */

/** Stable name of a national holiday; the text catalogue holds what the screen says. */
export type HolidayName =
  | 'new_year'
  | 'epiphany'
  | 'easter_sunday'
  | 'easter_monday'
  | 'liberation_day'
  | 'labour_day'
  | 'republic_day'
  | 'assumption'
  | 'saint_francis'
  | 'all_saints'
  | 'immaculate_conception'
  | 'christmas'
  | 'saint_stephen'

/** A holiday: its local date (YYYY-MM-DD) and its name. */
export type Holiday = { date: string; name: HolidayName }

const firstYear = 1986

const fixedDays: readonly { day: string; name: HolidayName; since: number }[] = [
  { day: '01-01', name: 'new_year', since: firstYear },
  { day: '01-06', name: 'epiphany', since: firstYear },
  { day: '04-25', name: 'liberation_day', since: firstYear },
  { day: '05-01', name: 'labour_day', since: firstYear },
  { day: '06-02', name: 'republic_day', since: 2001 }, // L. 336/2000; from 1977 it was kept on a Sunday
  { day: '08-15', name: 'assumption', since: firstYear },
  { day: '10-04', name: 'saint_francis', since: 2026 }, // L. 151/2025, in force from 1 January 2026
  { day: '11-01', name: 'all_saints', since: firstYear },
  { day: '12-08', name: 'immaculate_conception', since: firstYear },
  { day: '12-25', name: 'christmas', since: firstYear },
  { day: '12-26', name: 'saint_stephen', since: firstYear },
]

/**
 * The national holidays of a year in order of date. Two may share a date (25 April 2038 is also Easter Sunday).
 * Throws RangeError before 1986, when the list was another one (D.P.R. 792/1985), and after 9999.
 */
export function italianHolidays(year: number): Holiday[] {
  if (!Number.isInteger(year) || year < firstYear || year > 9999) {
    throw new RangeError(`Italian holidays are known from ${firstYear} to 9999, not for ${year}`)
  }
  const easter = easterSunday(year)
  const holidays: Holiday[] = [
    ...fixedDays.filter(({ since }) => year >= since).map(({ day, name }) => ({ date: `${year}-${day}`, name })),
    { date: easter.toString(), name: 'easter_sunday' },
    { date: easter.add({ days: 1 }).toString(), name: 'easter_monday' },
  ]
  return holidays.sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** Easter by the Gregorian computus in its tabular form (Meeus, Jones and Butcher), valid for every Gregorian year. */
function easterSunday(year: number): Temporal.PlainDate {
  const century = Math.floor(year / 100)
  const yearOfCentury = year % 100
  const moonDrift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * (year % 19) + century - Math.floor(century / 4) - moonDrift + 15) % 30
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7
  const correction = Math.floor(((year % 19) + 11 * epact + 22 * toSunday) / 451)
  const days = epact + toSunday - 7 * correction + 114
  return Temporal.PlainDate.from({ year, month: Math.floor(days / 31), day: (days % 31) + 1 })
}
