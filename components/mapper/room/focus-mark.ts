/** The mark of the row the keyboard is on, while its tree has the focus: the row, not the whole pane, is where one is. */
export const FOCUS_MARK = 'group-focus-visible/tree:outline-2 group-focus-visible/tree:-outline-offset-2 group-focus-visible/tree:outline-accent group-focus-visible/tree:outline-solid';
