import type { JsonObject, JsonValue } from 'n8n-workflow';

import { isLiquid, type Accounts } from '../accounts';
import { codeOf, type Money } from '../money';
import { timeOf } from '../order';
import { walk } from '../path';
import { latest, numbersAt, sumOf, textsAt, type Reader } from '../read';
import { fact } from '../summary';

const DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;

/** How many days before the report its last daily balance may be: bank days end before UTC's, and banks send at night. */
const LATEST_END_DAYS = 2;

/** What the daily balances of the liquid accounts say. */
interface History {
  /** The sum of each day */
  totals: number[];
  /** On how many days an account was below zero */
  negativeDays: number;
}

/**
 * Facts from the daily balances, which only some reports hold.
 * @param balances path of an account's daily balances, such as `historical_balances[]`
 * @param reportTime path of when the report was made; the latest of several
 */
export function balanceHistory(
  money: Money,
  accounts: Accounts,
  balances: string,
  reportTime: string,
) {
  const read = (answer: JsonValue) => historyOf(money, accounts, balances, reportTime, answer);
  const reader = (of: (history: History) => number | null): Reader => ({
    type: 'number',
    sources: [`${accounts.path}.${balances}`, `${accounts.path}.subtype`, reportTime],
    nullRule:
      'A day is missing for a liquid account in `currency`, there is none, its currency or subtype is unknown, or the last day is more than 2 days before the report',
    read: (answer) => {
      const history = read(answer);
      return history && of(history);
    },
  });
  const window = `the ${DAYS} days up to the last one with daily balances`;
  return [
    fact(
      'lowest_liquid_balance_90d',
      'Lowest Liquid Balance 90 Days',
      `The lowest sum of the daily current balances of all liquid accounts (those of Liquid Available Balance) in ${window}`,
      reader(({ totals }) => Math.min(...totals)),
    ),
    fact(
      'average_liquid_balance_90d',
      'Average Liquid Balance 90 Days',
      `The average daily sum of these balances in ${window}, to two decimals`,
      reader(({ totals }) => {
        const sum = sumOf(totals);
        return sum === null ? null : Number((sum / totals.length).toFixed(2)) + 0;
      }),
    ),
    fact(
      'negative_balance_days_90d',
      'Negative Balance Days 90 Days',
      `Number of days in ${window} when at least one of these accounts was below zero`,
      reader(({ negativeDays }) => negativeDays),
    ),
  ];
}

function historyOf(
  money: Money,
  accounts: Accounts,
  balances: string,
  reportTime: string,
  answer: JsonValue,
): History | null {
  const currency = money.currency.read(answer);
  if (typeof currency !== 'string') return null;
  const needed = (accounts.read(answer) ?? []).filter((account) => {
    const code = codeOf(account.balances ?? null);
    return isLiquid(account) !== false && (code === null || code === currency);
  });
  const isUnknown = (account: JsonObject) =>
    isLiquid(account) === null || codeOf(account.balances ?? null) === null;
  if (needed.length === 0 || needed.some(isUnknown)) return null;

  const days = needed.map((account) => balancesByDay(account, balances, currency));
  const last = lastDay(days, reportDay(answer, reportTime));
  if (last === null) return null;
  const totals: number[] = [];
  let negativeDays = 0;
  for (let day = last - DAYS + 1; day <= last; day++) {
    const known = days.map((one) => one.get(day) ?? null).filter((one) => one !== null);
    const total = known.length === days.length ? sumOf(known) : null;
    if (total === null) return null;
    totals.push(total);
    if (known.some((one) => one < 0)) negativeDays++;
  }
  return { totals, negativeDays };
}

/** The balance of each day, by the day's number; null where Plaid gives it twice with different amounts. */
function balancesByDay(account: JsonObject, balances: string, currency: string) {
  const days = new Map<number, number | null>();
  for (const entry of walk(account, balances)) {
    const day = dayOf(textsAt(entry, 'date')[0]);
    const [amount = null] = numbersAt(entry, 'current');
    const code = codeOf(entry) ?? currency;
    if (day === null) continue;
    const isSame = !days.has(day) || days.get(day) === amount;
    days.set(day, code === currency && isSame ? amount : null);
  }
  return days;
}

/** The last day that any account has a balance of, unless it is too long before the report. */
function lastDay(days: ReadonlyArray<Map<number, unknown>>, report: number | null): number | null {
  const known = days.flatMap((one) => [...one.keys()]);
  const last = Math.max(...known.filter((day) => report === null || day <= report));
  const isRecent = report === null || last >= report - LATEST_END_DAYS;
  return Number.isFinite(last) && isRecent ? last : null;
}

const reportDay = (answer: JsonValue, path: string) => {
  const time = latest(path).read(answer);
  return dayOf(typeof time === 'string' ? time : undefined);
};

function dayOf(text: string | undefined): number | null {
  const time = timeOf(text);
  return time === null ? null : Math.floor(time / DAY_MS);
}
