/** The placeholder that the server replaces with the user of a request. */
const USER = '@USER@';

/** Amounts, dates, names and IDs as a report of Plaid Check has them. */
const transaction = (index: number) => ({
  transaction_id: `txn_${(index * 7919 + 104_729).toString(36)}_${index}`,
  account_id: `acc_${index % 4}`,
  amount: Math.round(Math.sin(index) * 100_000) / 100,
  iso_currency_code: 'USD',
  unofficial_currency_code: null,
  date: `2026-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`,
  original_description: `ACH transfer ${index} to the store around the corner`,
  pending: index % 9 === 0,
  credit_category: { primary: 'GENERAL_MERCHANDISE', detailed: 'GENERAL_MERCHANDISE_OTHER' },
  merchant_name: index % 3 === 0 ? null : `Merchant ${index % 40}`,
});

/** Makes answers of so many bytes, give or take a transaction: the same one for every user but for the IDs. */
export function answersOf(bytes: number): (userId: string) => string {
  const transactions: unknown[] = [];
  const text = () =>
    JSON.stringify({ request_id: `req_${USER}`, user_id: USER, status: 'AVAILABLE', transactions });
  while (text().length < bytes) transactions.push(transaction(transactions.length));
  const parts = text().split(USER);
  return (userId) => parts.join(userId);
}

/** The user of an item, by its index. */
export const userOf = (item: number) => `usr_${String(item).padStart(12, '0')}`;
