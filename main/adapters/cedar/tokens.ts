/**
 * A comment, a string, a name, an operator, white space or any other character of a Cedar text. A string that nothing
 * closes goes to the end of the text, and its group is empty: to look for the end of each quote anew takes minutes.
 */
export const TOKEN = /\/\/[^\r\n]*|"(?:[^"\\]|\\.)*("?)|[\p{L}_][\p{L}\p{N}_]*|\|\||&&|[=!<>]=|::|\s+|./gsu;
