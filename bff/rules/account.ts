/** An account of the legacy platform in its normal form: an e-mail address in small letters, anything else as it is (R23). */
export function normalAccount(account: string): string {
  const text = account.trim().normalize('NFKC')
  return text.includes('@') ? text.toLowerCase() : text
}
