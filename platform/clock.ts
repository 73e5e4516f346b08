/** The current time. Tests move it with `shiftClock`. */
let shift = 0

/** Now, as a Date. */
export const now = (): Date => new Date(Date.now() + shift)

/** Moves `now` by so many milliseconds from the true time; 0 sets it right again. Only tests call it. */
export const shiftClock = (milliseconds: number): void => {
  shift = milliseconds
}

/** The moment so many seconds from now. */
export const inSeconds = (seconds: number): Date => new Date(now().getTime() + seconds * 1000)
