# sh login.sh http://localhost:8000 test@example.com TestPass123!
set -eu
api=$1/api/users
field() { node -p "JSON.parse(fs.readFileSync(0)).$1"; }

login=$(curl -sf "$api/login/" --data-urlencode "email=$2" --data-urlencode "password=$3")
access=$(echo "$login" | field access)

curl -sf "$api/me/" -H "Authorization: Bearer $access"
echo

pair=$(curl -sf "$api/token/refresh/" -d "refresh=$(echo "$login" | field refresh)")
access=$(echo "$pair" | field access)

curl -sf "$api/sessions/" -H "Authorization: Bearer $access"
echo

curl -sf "$api/token/blacklist/" -d "refresh=$(echo "$pair" | field refresh)"
