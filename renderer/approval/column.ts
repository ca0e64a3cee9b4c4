/** Sides of the prompt: on a wide screen what is read and what is answered stand together in the middle. */
export const COLUMN = 'px-[max(1.5rem,calc((100%-56rem)/2))]';
