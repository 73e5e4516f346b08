/** One line of the table: what was measured, and the goal when there is one. */
export type Measure = { what: string; value: number; unit: string; atMost?: number; atLeast?: number }
