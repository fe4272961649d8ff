import { text } from '../../fields/field';

export const productVersion = text({
  name: 'Version',
  description: 'The version of the product, as Plaid names it',
  placeholder: 'e.g. V1',
});
