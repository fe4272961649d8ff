import { text } from '../../fields/builders';

export const oauthToken = text({
  name: 'Token',
  description: 'The token in question, an access token or a refresh token',
  secret: true,
});
