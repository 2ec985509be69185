import { InvalidArgumentError } from 'commander'

/** A flag that takes a whole number within bounds. */
export function whole(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d{1,15}$/.test(text) || value < min || value > max) throw new InvalidArgumentError(`It is no whole number from ${min} to ${max}.`)
    return value
  }
}

/** A flag that can stand several times. */
export function several(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text]
}
