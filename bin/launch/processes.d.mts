export function beginningOf(pid: number): string | undefined
