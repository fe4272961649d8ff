import { textField } from '../../fields/builders';

export const oauthToken = textField({
  name: 'Token',
  description: 'The token in question, an access token or a refresh token',
  secret: true,
});
