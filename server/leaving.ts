let told = false

/** Has this process been told to end? From then on it is not ready, and every answer asks for the next request elsewhere. */
export const isLeaving = (): boolean => told

/** Says that this process is about to end. */
export const beginLeaving = (): void => {
  told = true
}
