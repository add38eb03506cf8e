/** What stands for no end, later than any day that is delivered, and a day that every engine knows. */
export const noEnd = '2299-12-31';
/** The first day that every engine's dates can be. */
export const noBeginning = '1900-01-01';
