/** What the statements that fill a community are told: three members as expressions in SQL, and how many posts there are. */
export type Means = { heavy: string; light: string; talker: string; size: number }

/** A number of a row that is as good as drawn by lot: the milliseconds of its id. */
export const lot = (id: string): string => `(${id} >> 16)`
