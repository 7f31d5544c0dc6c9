export async function notes(req, res) {
  const [path] = req.url.split('?');
  const answer = (body) => {
    res.end(JSON.stringify(body));
    return true;
  };
  switch (`${req.method} ${path}`) {
    case 'GET /notes':
      return answer([]);
    case 'POST /notes':
      return answer({ made: true });
    default:
      return false;
  }
}
