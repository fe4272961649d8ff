/** How a drop-down shows JSON null where Plaid lists it and says nothing of what it means. */
export const NULL_VALUE = {
  name: 'Null',
  description: 'Send JSON null, which Plaid lists as a value of its own',
};
