/** Whether two ids are the same address after URL parsing (federation rule 16). What is no address is no id. */
export function isSameId(one: unknown, other: unknown): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return false
  const [first, second] = [URL.parse(one), URL.parse(other)]
  return first !== null && second !== null && first.href === second.href
}
