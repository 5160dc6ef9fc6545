/** Says what a script is doing, on standard error: standard output belongs to the program that it prepares. */
export const report = (text) => console.error(`${text} …`);
