"""Feeds as the usual software writes them, each in its own way: all of these are read the swift way.

Written for the tests, after what the software does: its namespaces, its order of elements, its kind of markup.
"""

from collections.abc import Mapping

_WORDPRESS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:atom="http://www.w3.org/2005/Atom"
\txmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
\txmlns:slash="http://purl.org/rss/1.0/modules/slash/"
\txmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">
<channel>
\t<title>The Harbour Post</title>
\t<atom:link href="https://harbour.example/feed/" rel="self" type="application/rss+xml" />
\t<link>https://harbour.example</link>
\t<description>News &#038; views</description>
\t<lastBuildDate>Mon, 24 Nov 2025 18:02:11 +0000</lastBuildDate>
\t<language>en-GB</language>
\t<sy:updatePeriod>
\thourly\t</sy:updatePeriod>
\t<sy:updateFrequency>
\t1\t</sy:updateFrequency>
\t<generator>https://wordpress.org/?v=6.8</generator>
<image>
\t<url>https://harbour.example/icon-32x32.png</url>
\t<title>The Harbour Post</title>
\t<link>https://harbour.example</link>
\t<width>32</width>
\t<height>32</height>
</image>
<site xmlns="com-wordpress:feed-additions:1">1234567</site>
\t<item>
\t\t<title>Council&#8217;s vote &#8220;a relief&#8221;</title>
\t\t<link>https://harbour.example/2025/11/24/vote/</link>
\t\t\t\t\t<comments>https://harbour.example/2025/11/24/vote/#respond</comments>
\t\t<dc:creator><![CDATA[Ada Lind]]></dc:creator>
\t\t<pubDate>Mon, 24 Nov 2025 17:15:09 +0000</pubDate>
\t\t\t\t<category><![CDATA[Politics]]></category>
\t\t<category><![CDATA[Town & country]]></category>
\t\t<guid isPermaLink="false">https://harbour.example/?p=4711</guid>
\t\t\t\t\t<description><![CDATA[<p>They voted on Monday &#8230; [&#8230;]</p>
<p>The post <a href="https://harbour.example/2025/11/24/vote/">Vote</a> appeared first.</p>]]></description>
\t\t<content:encoded><![CDATA[<!-- wp:paragraph -->
<p class="lead">They voted on Monday &#8230; &amp; left.</p>
<figure class="wp-block-image size-large"><img fetchpriority="high" decoding="async" width="1024" height="683"
 src="https://harbour.example/a.jpg?w=1024" alt="" class="wp-image-4712"
 srcset="https://harbour.example/a.jpg?w=1024 1024w, https://harbour.example/a.jpg?w=300 300w"
 sizes="(max-width: 1024px) 100vw, 1024px" /><figcaption>It&#8217;s over</figcaption></figure>
<p><a href="/older/?a=1&#038;b=2" target="_blank" rel="noopener">Older</a><br />
text</p>
<hr class="wp-block-separator"/>
<iframe loading="lazy" src="https://video.example/embed/1" width="560" height="315"
allowfullscreen></iframe>]]></content:encoded>
\t\t\t\t\t<wfw:commentRss>https://harbour.example/2025/11/24/vote/feed/</wfw:commentRss>
\t\t\t<slash:comments>3</slash:comments>
\t\t<post-id xmlns="com-wordpress:feed-additions:1">4711</post-id>
\t</item>
</channel>
</rss>
"""

_PUBLIC_BROADCASTER = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet title="XSL_formatting" type="text/xsl" href="/shared/nolsol.xsl"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:atom="http://www.w3.org/2005/Atom" version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title><![CDATA[Channel News]]></title><description><![CDATA[Channel News - World]]></description>
<link>https://www.channel.example/news/world</link>
<image><url>https://img.channel.example/n_24.gif</url><title>Channel News</title>
<link>https://www.channel.example/news/world</link></image><generator>RSS for Node</generator>
<lastBuildDate>Mon, 24 Nov 2025 10:12:37 GMT</lastBuildDate>
<atom:link href="https://feeds.channel.example/news/world/rss.xml" rel="self" type="application/rss+xml"/>
<copyright><![CDATA[Copyright: Channel, see https://www.channel.example/terms]]></copyright>
<language><![CDATA[en-gb]]></language><ttl>15</ttl>
<item><title><![CDATA[Talks & tea: what's next?]]></title><description><![CDATA[Leaders met in
Ankara.]]></description>
<link>https://www.channel.example/news/articles/c1?at_medium=RSS&amp;at_campaign=rss</link>
<guid isPermaLink="false">https://www.channel.example/news/articles/c1#0</guid>
<pubDate>Mon, 24 Nov 2025 09:55:00 GMT</pubDate>
<media:thumbnail width="240" height="135" url="https://img.channel.example/240/c1.jpg"/></item>
</channel></rss>"""

_BROADSHEET = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:nyt="http://www.nyt.example/namespaces/rss/2.0" version="2.0">
  <channel>
    <title>World | The Sheet</title><link>https://www.sheet.example/world</link>
    <description>Latest world news</description><language>en-gb</language>
    <copyright>The Sheet &amp; companies. 2025</copyright>
    <pubDate>Mon, 24 Nov 2025 10:00:00 GMT</pubDate><dc:date>2025-11-24T10:00:00Z</dc:date>
    <dc:language>en-gb</dc:language><dc:rights>The Sheet</dc:rights>
    <image><title>The
Sheet</title><url>https://assets.sheet.example/i.png</url><link>https://www.sheet.example</link></image>
    <item>
      <title>A long road – and Łódź</title>
      <link>https://www.sheet.example/world/2025/nov/24/road</link>
      <description>&lt;p&gt;Ministers said &lt;em&gt;so&lt;/em&gt; on Monday&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;a
href="https://www.sheet.example/live"&gt;Live&lt;/a&gt;&lt;/li&gt;&lt;/ul&gt; &lt;a
href="https://www.sheet.example/world/2025/nov/24/road"&gt;Continue reading...&lt;/a&gt;</description>
      <category domain="https://www.sheet.example/world/turkey">Turkey</category>
      <pubDate>Mon, 24 Nov 2025 09:30:12 GMT</pubDate>
      <guid>https://www.sheet.example/world/2025/nov/24/road</guid>
      <media:content width="140" url="https://i.sheet.example/140.jpg?width=140&amp;s=1">
        <media:credit scheme="urn:ebu">Photograph: Bo Berg</media:credit>
      </media:content>
      <media:description>A road, seen from above</media:description>
      <dc:creator>Ada Lind in Ankara</dc:creator><dc:date>2025-11-24T09:30:12Z</dc:date>
      <nyt:section>World</nyt:section>
    </item>
  </channel>
</rss>"""

_FEEDBURNER = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"
version="2.0">
<channel><title>Burnt</title><link>https://burnt.example/</link><description/>
<atom10:link xmlns:atom10="http://www.w3.org/2005/Atom" rel="self" type="application/rss+xml"
href="http://feeds.burner.example/burnt"/>
<feedburner:info uri="burnt"/>
<atom10:link xmlns:atom10="http://www.w3.org/2005/Atom" rel="hub" href="http://pubsubhubbub.example.com/"/>
<feedburner:browserFriendly>This is an XML content feed.</feedburner:browserFriendly>
<item><title>One</title><link>http://feeds.burner.example/~r/burnt/~3/abc/</link>
<description>&lt;p&gt;Text&lt;/p&gt;&lt;img src="http://feeds.burner.example/~r/burnt/~4/abc" height="1" width="1"
alt=""/&gt;</description>
<author>ada@burnt.example (Ada Lind)</author><guid isPermaLink="false">tag:burnt.example,2025:1</guid>
<pubDate>Mon, 24 Nov 2025 01:23:45 PST</pubDate>
<feedburner:origLink>https://burnt.example/one</feedburner:origLink></item></channel></rss>"""

_PODCAST = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0"
 xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel><title>Daily Talk</title><link>https://talk.example</link><language>en</language>
<atom:link href="https://talk.example/rss" rel="self" type="application/rss+xml"/>
<itunes:author>Talk</itunes:author><itunes:summary>About talks.</itunes:summary>
<description><![CDATA[<p>About talks.</p>]]></description><itunes:type>episodic</itunes:type>
<itunes:owner><itunes:name>Talk</itunes:name><itunes:email>talk@talk.example</itunes:email></itunes:owner>
<itunes:explicit>no</itunes:explicit><itunes:image href="https://talk.example/c.jpg"/>
<itunes:category text="News"><itunes:category text="Politics"/></itunes:category>
<podcast:locked owner="talk@talk.example">yes</podcast:locked>
<item><title>Episode 1</title><itunes:title>Episode 1</itunes:title><itunes:summary>Ankara.</itunes:summary>
<description><![CDATA[<p>Ankara, at <a href='https://talk.example/1'>length</a>.</p>]]></description>
<content:encoded><![CDATA[<p>Ankara, at length.</p>]]></content:encoded>
<itunes:image href="https://talk.example/1.jpg"/><itunes:duration>00:31:07</itunes:duration>
<enclosure url="https://cdn.talk.example/1.mp3" length="123" type="audio/mpeg"/>
<guid isPermaLink="false">1f6c</guid><link>https://talk.example/1</link><itunes:author>Ada &amp; Bo</itunes:author>
<pubDate>Mon, 24 Nov 2025 05:00:00 -0000</pubDate></item></channel></rss>"""

_AGGREGATOR = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?><rss version="2.0"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><generator>NFE/5.0</generator><title>"Ankara" - News</title>
<link>https://agg.example/search?q=Ankara&amp;hl=en-US</link><language>en-US</language>
<webMaster>news-webmaster@agg.example</webMaster><copyright>Agg</copyright>
<lastBuildDate>Mon, 24 Nov 2025 10:12:00 GMT</lastBuildDate><description>Agg News</description>
<item><title>Talks begin - The Sheet</title><link>https://agg.example/rss/articles/CBMi?oc=5</link>
<guid isPermaLink="false">CBMi</guid><pubDate>Mon, 24 Nov 2025 08:00:00 GMT</pubDate>
<description>&lt;a href="https://agg.example/rss/articles/CBMi?oc=5" target="_blank"&gt;Talks
begin&lt;/a&gt;&amp;nbsp;&amp;nbsp;&lt;font color="#6f6f6f"&gt;The Sheet&lt;/font&gt;</description>
<source url="https://www.sheet.example">The Sheet</source></item></channel></rss>"""

_CONTENT_MANAGEMENT = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xml:base="https://cms.example/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Ministry</title><link>https://cms.example/</link><description></description><language>de</language>
<item><title>Erklärung</title><link>https://cms.example/node/12</link>
<description>&lt;div class="field field-name-body"&gt;&lt;div
property="content:encoded"&gt;&lt;p&gt;Größe.&lt;/p&gt;&lt;/div&gt;&lt;a
href="/node/12"&gt;mehr&lt;/a&gt;&lt;/div&gt;</description>
<pubDate>Mon, 24 Nov 2025 10:00:00 +0100</pubDate><dc:creator>presse</dc:creator>
<guid isPermaLink="false">12 at https://cms.example</guid><a10:updated
xmlns:a10="http://www.w3.org/2005/Atom">2025-11-24T10:00:00+01:00</a10:updated>
</item></channel></rss>"""

_RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:taxo="http://purl.org/rss/1.0/modules/taxonomy/">
<channel rdf:about="https://rdf.example/"><title>Dots</title><link>https://rdf.example/</link>
<description>For dots</description><dc:language>en-us</dc:language><dc:date>2025-11-24T10:00:00+00:00</dc:date>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
<items><rdf:Seq><rdf:li rdf:resource="https://rdf.example/1"/></rdf:Seq></items>
<image rdf:resource="https://rdf.example/i.gif"/></channel>
<image rdf:about="https://rdf.example/i.gif"><title>Dots</title><url>https://rdf.example/i.gif</url>
<link>https://rdf.example/</link></image>
<item rdf:about="https://rdf.example/1"><title>One &amp; two</title><link>https://rdf.example/1?from=rss</link>
<description>Text &lt;b&gt;here&lt;/b&gt;.</description><dc:creator>Ada</dc:creator><dc:subject>dots</dc:subject>
<dc:date>2025-11-24T09:00:00+00:00</dc:date><slash:department>d</slash:department></item></rdf:RDF>"""

_BLOG_SERVICE = """<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'
 xmlns:openSearch='http://a9.com/-/spec/opensearchrss/1.0/' xmlns:blogger='http://schemas.google.com/blogger/2008'
 xmlns:georss='http://www.georss.org/georss' xmlns:gd="http://schemas.google.com/g/2005"
 xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blog.example,1999:blog-1</id>
<updated>2025-11-24T10:00:00.123+03:00</updated><title type='text'>A blog</title><subtitle type='html'>On
&lt;i&gt;it&lt;/i&gt;</subtitle>
<link rel='http://schemas.google.com/g/2005#feed' type='application/atom+xml'
href='https://blog.example/feeds/posts/default'/>
<link rel='self' type='application/atom+xml' href='https://www.service.example/feeds/1/posts/default'/>
<link rel='alternate' type='text/html' href='https://blog.example/'/><link rel='hub' href='http://hub.example.com/'/>
<author><name>Ada</name><uri>http://www.service.example/profile/1</uri><email>noreply@service.example</email>
<gd:image rel='http://schemas.google.com/g/2005#thumbnail' width='32' height='32' src='//i.example/b.png'/></author>
<generator version='7.00' uri='http://www.service.example'>Service</generator>
<openSearch:totalResults>1</openSearch:totalResults>
<entry
gd:etag='W/&quot;x&quot;'><id>tag:blog.example,1999:blog-1.post-2</id><published>2025-11-24T09:00:00.001+03:00</published>
<updated>2025-11-24T09:30:00.002+03:00</updated><category scheme='http://www.service.example/atom/ns#' term='a'/>
<title type='text'>A post</title><content type='html'>&lt;div class="separator" style="clear: both;"&gt;&lt;a
href="https://i.example/1.jpg"&gt;&lt;img border="0" src="https://i.example/s/1.jpg"
/&gt;&lt;/a&gt;&lt;/div&gt;&lt;p&gt;Text&lt;/p&gt;</content>
<link rel='replies' type='application/atom+xml' href='https://blog.example/feeds/2/comments/default' title='Post
Comments'/>
<link rel='edit' type='application/atom+xml' href='https://www.service.example/feeds/1/posts/default/2'/>
<link rel='alternate' type='text/html' href='https://blog.example/2025/11/a-post.html' title='A post'/>
<author><name>Ada</name><uri>http://www.service.example/profile/1</uri><email>noreply@service.example</email></author>
<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="https://i.example/s72/1.jpg" height="72"
width="72"/>
<thr:total>0</thr:total></entry></feed>"""

_VIDEO_SERVICE = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.video.example/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/"
xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="https://www.video.example/feeds/videos.xml?channel_id=UC1"/><id>yt:channel:UC1</id>
 <yt:channelId>UC1</yt:channelId><title>Channel</title><link rel="alternate"
href="https://www.video.example/channel/UC1"/>
 <author><name>Channel</name><uri>https://www.video.example/channel/UC1</uri></author>
 <published>2010-01-01T00:00:00+00:00</published>
 <entry><id>yt:video:v1</id><yt:videoId>v1</yt:videoId><title>Talks</title>
  <link rel="alternate" href="https://www.video.example/watch?v=v1"/>
  <author><name>Channel</name><uri>https://www.video.example/channel/UC1</uri></author>
  <published>2025-11-24T08:00:00+00:00</published><updated>2025-11-24T09:00:00+00:00</updated>
  <media:group><media:title>Talks</media:title>
   <media:content url="https://www.video.example/v/v1?version=3" type="application/x-shockwave-flash" width="640"
height="390"/>
   <media:thumbnail url="https://i1.example/vi/v1/hq.jpg" width="480" height="360"/>
   <media:description>About the talks.

More: https://x.example/?a=1&amp;b=2</media:description>
   <media:community><media:starRating count="1" average="5.00" min="1" max="5"/><media:statistics
views="2"/></media:community>
  </media:group></entry></feed>"""

_SITE_GENERATOR = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<generator uri="https://gen.example/" version="4.3.2">Gen</generator>
<link href="https://site.example/feed.xml" rel="self" type="application/atom+xml" /><link
href="https://site.example/" rel="alternate" type="text/html" hreflang="en" />
<updated>2025-11-24T10:00:00+00:00</updated><id>https://site.example/feed.xml</id><title type="html">Site</title>
<entry xml:lang="de"><title type="html">Zeile &amp;amp; mehr</title><link href="https://site.example/1.html"
rel="alternate" type="text/html" title="Zeile" />
<published>2025-11-24T00:00:00+00:00</published><updated>2025-11-24T00:00:00+00:00</updated><id>https://site.example/1</id>
<content type="html" xml:base="https://site.example/1.html">&lt;p&gt;Größe &amp;amp; &lt;code class="x"&gt;a &amp;lt;
b&lt;/code&gt;&lt;/p&gt;</content>
<author><name>Ada</name></author><summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Kurz &amp; <a
href="2.html">gut</a><br/></p></div></summary>
</entry></feed>"""

ORDINARY: Mapping[str, bytes] = {
    "blog software": _WORDPRESS.encode(),
    "public broadcaster": _PUBLIC_BROADCASTER.encode(),
    "broadsheet": _BROADSHEET.encode(),
    "feed service": _FEEDBURNER.encode(),
    "podcast": _PODCAST.encode(),
    "aggregator": _AGGREGATOR.encode(),
    "content management": _CONTENT_MANAGEMENT.encode(),
    "content management in latin-1": _CONTENT_MANAGEMENT.replace('"utf-8"', '"iso-8859-1"').encode("iso-8859-1"),
    "RDF": _RDF.encode(),
    "blog service": _BLOG_SERVICE.encode(),
    "video service": _VIDEO_SERVICE.encode(),
    "site generator": _SITE_GENERATOR.encode(),
}
