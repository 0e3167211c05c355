"""What is put into feeds to break them: pieces of XML, HTML and JSON, references, characters, addresses, dates."""

from collections.abc import Sequence

# One a line, as it is put in.
_PRINTABLE = r"""
&#xD800;
&#xDFFF;
&#55296;
&#x110000;
&#99999999999;
&#0;
&#x0;
&#x1;
&#150;
&#x80;
&#xFFFE;
&#xFFFF;
&#x1F600;
&#-1;
&#;
&#x;
&#39
&#38;
&;
&
&amp
&amp;amp;
&nbsp;
&unknown;
&sup2;
&copy
&lt;
&lt;script&gt;alert(1)&lt;/script&gt;
&amp;#xD800;
&amp;#x80;
&amp;#99999999999;
&amp;lt;b&amp;gt;
<![CDATA[
]]>
<![CDATA[]]>
<!--
-->
<!-- -- -->
<!---->
<!-->
<?xml?>
<?php
?>
<!DOCTYPE rss>
<!DOCTYPE html>
<!DOCTYPE rss [
]>
<!ENTITY a "b">
<!ENTITY a "&a;&a;">
<!ENTITY % p SYSTEM 'x'>
<!DOCTYPE r [<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;">]>
<!ELEMENT x ANY>
<?xml version="1.0" encoding="utf-8"?>
<?xml version="1.1"?>
<
>
</
/>
<>
</>
"
'
<x/>
<x:y>
<br>
<a href=x>
<script>
</script>
<svg>
<plaintext>
<title>
</title>
<item>
</item>
<item/>
<entry>
</entry>
<channel>
</channel>
<feed>
</feed>
</rss>
<content type='xhtml'>
<content type='text/html' mode='base64'>
<content src='//x'/>
<author>
<name>
<guid isPermaLink='true'>
<link>
<link href='//[::1'/>
<link href='http://[x]/'/>
<pubDate>
<source>
<dc:date>
<dc:creator>
<media:content>
<image>
<textinput>
<ttl>-1</ttl>
<ttl>1e9</ttl>
<cloud/>
<category/>
<enclosure/>
<license/>
<psc:chapters/>
<itunes:keywords>
<georss:polygon>1 2 3</georss:polygon>
<gml:Point srsName='x:y'><gml:pos>1</gml:pos></gml:Point>
<gml:LinearRing>
 xml:lang=""
 xml:lang="de"
 xml:base="http://["
 xml:base="../../.."
 xml:base="data:,"
 xmlns=''
 xmlns="http://www.w3.org/2005/Atom"
 xmlns:x="urn:x"
 xmlns:dc="urn:no"
 href="javascript:1"
 rel="self"
 type="xhtml"
 type="html"
 type=""
 mode="base64"
 mode="escaped"
 isPermaLink="false"
 a="1" a="2"
http://
https://[::1]:99999/
http://a:b@c/
//x
\\x\y
javascript:alert(1)
data:text/html,x
file:///etc/passwd
http://x/%
http://x/%ff%00
http://xn--/
http://x:/
http://x:0x50/
http:x
HTTP://X/
http://[fe80::1%25eth0]/
http://..
?
#
0000-00-00
99999-12-31T23:59:60Z
0001-01-01T00:00:00+14:00
9999-12-31T23:59:59-14:00
Mon, 31 Feb 2120 25:61:61 +9999
2025-11-24T10:00:00+99:99
2025-366
2025-W53-7
1970-01-01
20251124
24 novembre 2025
Thu, 01 Jan 1970 00:00:00 GMT
-1
1e309
NaN
utf-16
utf-7
unicode_escape
idna
rot13
zlib
base64
x-klingon
hz
iso-2022-jp
cp037
punycode
a@a.a
<a@b.media>
()
(a@b.c)
@
.
{
}
[
]
,
:
null
1e999
-
"\ud800"
"id":
"items":[
\ud800
\u0000
\x3cb\x3e
"""
_OTHERS: Sequence[bytes] = (
    # References and numbers of a great length
    b"&#%d;" % 10**400,
    b"&#x" + b"F" * 200 + b";",
    b"12" * 200,
    b"a@" * 40,
    b"a@b.c" * 30,
    b"http://x" + b"/a" * 300,
    b"[" * 500,
    b'{"a":' * 500,
    # Controls, marks of byte order, and bytes that are no UTF-8
    *(b"\0", b"\x01\x02", b"\x0b\x0c", b"\x1b[31m", b"\x7f", b"\x80\x81", b"\r", b"\r\n", b"\n\n\n", b"\t", b" " * 300),
    *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"\0\0\xfe\xff"),
    *(b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\xc3", b"\xe2\x80"),
    # Characters that are more than they look: overrides of direction, line separators, marks on marks, digits
    *(
        text.encode()
        for text in ("\u202e", "\u2028", "\x85", "\xa0", "\ufffd", "\ufffe", "\u0301" * 50, "😀", "ﬁ", "İ")
    ),
    *(text.encode() for text in ("१२", "²³", "١٢", "http://ü.example/é", "http://\u202e/", "\u200b", "\U000e0001")),
)
TOKENS: Sequence[bytes] = (*(line.encode() for line in _PRINTABLE.strip("\n").split("\n")), *_OTHERS)

MONOTONOUS: Sequence[bytes] = (
    b"a", b"1", b" ", b"\n", b"<", b"&", b"(", b"-", b"/", b"&amp;", b"&lt;", b"&#60;", b"\xc3\xa9", b"a@", b"a.",
    b"]]", b"<b>", b"<!--", b"&lt;b&gt;", b"&lt;a href=x&gt;", b"&lt;!--", b"http://", b"&lt;p/&gt;", b"a=", b'="',
    b"&a",
)  # fmt: skip
"""What a text of thousands of the same is made of."""

NAMES: Sequence[bytes] = (
    b"item entry channel feed rss RDF title link guid id description summary content encoded author name email uri "
    b"creator contributor pubDate published updated issued modified created date language ttl source image textinput "
    b"enclosure category rights generator subtitle info tagline hour skipHours div p a b script svg br url loc lastmod "
    b"news publication urlset sitemapindex sitemap html body origLink group thumbnail keywords owner where pos Point"
).split()
CHARSETS: Sequence[str] = (
    "utf-8", "utf-16", "utf-16-le", "utf-32", "iso-8859-1", "windows-1252", "windows-1251", "koi8-r", "shift_jis",
    "euc-jp", "gb18030", "big5", "cp037", "utf-7", "utf-8-sig", "iso-2022-jp", "mac-roman", "hz",
)  # fmt: skip
NO_CHARSETS: Sequence[str] = ("x-klingon", "unicode_escape", "", "a" * 100, "utf8;", "rot13", "undefined", "idna")
