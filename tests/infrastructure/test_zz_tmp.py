import sys, time, os
sys.path.insert(0,'/work/main')
import pathlib; exec(pathlib.Path('/tmp/perf.py').read_text().split('def test(')[0])
import infrastructure.change_set as cs, infrastructure.log as lg
T={}
def timed(mod,name,key):
    f=getattr(mod,name)
    def g(*a,**k):
        t=time.process_time(); w=time.perf_counter()
        try: return f(*a,**k)
        finally:
            x=T.setdefault(key,[0,0]); x[0]+=time.process_time()-t; x[1]+=time.perf_counter()-w
    setattr(mod,name,g)
def test(database_url):
    with institute(database_url) as i:
        s=i.services
        seasons=[i.season(f"S{k}", 100000, conference_prices(), free_before(date(2027,1,3))) for k in range(50)]
        for n in range(N):
            s.bookings.make(i.admin, MakeBooking(seasons[n%50],(Participant(name=f"N{n}",email=f"n{n}@x.se"),), organisation_id=i.acme), key=f"k{n}")
        i.catch_up()
        st=i.house.store
        import psycopg
        timed(cs,'_columns','columns'); timed(cs,'_read','read rows'); timed(cs,'_write','write rows(all)'); timed(rb,'write','write all')
        timed(lg.Log,'after','log.after'); timed(type(st.mapper),'decode','decode') ; timed(type(st.recorder),'query','query')
        timed(psycopg.Connection,'execute','execute')
        for _ in range(2):
            T.clear(); w=time.perf_counter(); c=time.process_time(); n=Rebuild(st, PROJECTIONS).run(); 
            print('wall',time.perf_counter()-w,'cpu',time.process_time()-c, n)
            for k,v in T.items(): print('  %-16s cpu %.3f wall %.3f'%(k,*v))
